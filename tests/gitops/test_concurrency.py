"""Several runs of gitops at the same time."""

import subprocess
import threading
from pathlib import Path

from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import Clone, another_clone, new_remote

OVERLAYS = ("satomichi", "ada", "bob", "cleo")
NOTES = 20


def test_eight_updates_at_once_and_somebody_who_pushes_all_the_time(tmp_path: Path, registry: TestRegistry) -> None:
    people = new_remote(tmp_path, registry, OVERLAYS)
    backend, frontend = people.commit("backend"), people.commit("frontend")
    people.build("backend", backend)
    people.build("frontend", frontend)
    # Half of them share one clone.
    clones = [another_clone(people, tmp_path / f"clone-{number}") for number in range(4)] + [people] * 4
    pushed: list[str] = []
    pusher = threading.Thread(target=_push_notes, args=(another_clone(people, tmp_path / "other"), pushed))
    pusher.start()
    processes = [clone.start("update") for clone in clones]
    results = [(process.communicate()[1], process.returncode) for process in processes]
    pusher.join()

    assert [status for _, status in results] == [0] * 8, results
    assert {tuple(people.deployed(name).values()) for name in OVERLAYS} == {(backend, frontend)}
    subjects = people.git("log", "--format=%s", "origin/main").splitlines()
    assert len([subject for subject in subjects if subject.startswith("Deploy")]) == 1
    assert len(pushed) == NOTES
    assert set(pushed) <= set(people.commits()), "a commit was lost"


def _push_notes(clone: Clone, pushed: list[str]) -> None:
    while len(pushed) < NOTES:
        clone.pull()
        clone.git("commit", "--quiet", "--allow-empty", "--message", f"Note {len(pushed)}")
        done = subprocess.run(["git", "push", "--quiet", "origin", "HEAD:main"], cwd=clone.path, capture_output=True)
        if done.returncode == 0:
            pushed.append(clone.git("rev-parse", "HEAD"))
