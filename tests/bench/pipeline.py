"""Measure `gitops update` on a long history and many overlays: python -m tests.bench.pipeline"""

import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.bars import Bar, linear
from tests.gitops.support import faulty
from tests.gitops.support import registry as registries
from tests.gitops.support.faulty import FaultyRegistry
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import Clone, new_remote

COMMITS = 10_000
OVERLAYS = (100, 200, 300)


def main() -> int:
    with TemporaryDirectory(prefix="gitops-bench-") as folder, registries.running(Path(folder)) as registry:
        seconds = {count: _update(Path(folder) / str(count), registry, count) for count in OVERLAYS}
        requests = _requests(Path(folder) / "requests", registry)
    print(f"gitops update, {COMMITS:,} commits, every overlay moves and is rendered")
    for count, taken in seconds.items():
        print(f"  {count} overlays: {taken:.1f} s, {1000 * taken / count:.0f} ms per overlay")
    bars = [
        linear("gitops update: time per overlay", seconds),
        Bar("gitops update: requests to a registry that wants a token, per component", requests, most=4),
    ]
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


def _update(folder: Path, registry: TestRegistry, overlays: int) -> float:
    folder.mkdir()
    clone = new_remote(folder, registry, tuple(f"student-{number:03}" for number in range(overlays)))
    _lengthen(clone)
    commit = clone.commit("backend")
    for component in ("backend", "frontend"):
        clone.build(component, commit)
    began = time.perf_counter()
    done = clone.gitops("update", render=True)
    taken = time.perf_counter() - began
    assert done.status == 0, done.err
    shutil.rmtree(folder)
    return taken


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
