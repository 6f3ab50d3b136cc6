"""Measure `gitops` on a long history and many overlays: python -m tests.bench.pipeline"""

import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.bars import Bar, per_overlay
from tests.bench.timing import Spent, spent
from tests.gitops.support import faulty
from tests.gitops.support import registry as registries
from tests.gitops.support.faulty import FaultyRegistry
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import Clone, new_remote

COMMITS = 10_000
OVERLAYS = (30, 200, 1_000)


def main() -> int:
    with TemporaryDirectory(prefix="gitops-bench-") as folder, registries.running(Path(folder)) as registry:
        taken = {count: dict(_commands(Path(folder) / str(count), registry, count)) for count in OVERLAYS}
        requests = _requests(Path(folder) / "requests", registry)
    print(f"{COMMITS:,} commits; update moves every overlay, and renders those that are alike once")
    bars = [Bar("gitops update: requests to a registry that wants a token, per component", requests, most=4)]
    for command in taken[OVERLAYS[0]]:
        by_size = {count: of_command[command] for count, of_command in taken.items()}
        for count, cost in by_size.items():
            print(f"  {command}, {count} overlays: {cost.clock:.1f} s; each {cost.per(count)}")
        bars += per_overlay(f"gitops {command}", by_size)
    print(*bars, sep="\n")
    return 0 if all(bar.passed for bar in bars) else 1


def _requests(folder: Path, registry: TestRegistry) -> float:
    """How many requests an update sends for each of both components, its log-in included."""
    folder.mkdir()
    clone = new_remote(folder, registry)
    with faulty.running(FaultyRegistry(clone.commit("backend"), user="ada")) as asked:
        done = clone.gitops("update", GITOPS_REGISTRY=asked.host, REGISTRY_USERNAME="ada", REGISTRY_PASSWORD="secret")
    assert (done.status, done.out.count(": deploy ")) == (0, 2), done.err
    return len(asked.requests) / 2


def _commands(folder: Path, registry: TestRegistry, overlays: int) -> Iterator[tuple[str, Spent]]:
    folder.mkdir()
    clone = new_remote(folder, registry, tuple(f"student-{number:04}" for number in range(overlays)))
    _lengthen(clone)
    commit = clone.commit("backend")
    for component in ("backend", "frontend"):
        clone.build(component, commit)
    for name, command in (("update", "update"), ("update with nothing to do", "update"), ("status", "status")):
        yield name, spent(partial(_run, clone, command))
    shutil.rmtree(folder)


def _run(clone: Clone, command: str) -> None:
    done = clone.gitops(command, render=True)
    assert done.status == 0, done.err


def _lengthen(clone: Clone) -> None:
    """Adds commits that change nothing."""
    person = "committer A Person <person@example.org> {} +0000\ndata 4\nNote\n"
    stream = "".join(
        f"commit refs/heads/main\n{person.format(1_700_000_000 + number)}"
        + ("from refs/heads/main^0\n" if number == 0 else "")
        for number in range(COMMITS)
    )
    clone.git("fast-import", "--quiet", feed=stream)
    clone.git("reset", "--quiet", "--hard", "main")
    clone.git("push", "--quiet", "origin", "main")


if __name__ == "__main__":
    sys.exit(main())
