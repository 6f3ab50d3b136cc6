"""Rollback, hold and release."""

from pathlib import Path

import pytest

from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import OWNER, Clone, copy_remote, kustomization, new_remote

BACKEND = ("--overlay", OWNER, "--component", "backend")


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory, registry: TestRegistry) -> tuple[Clone, list[str]]:
    """Three commits of the backend, oldest first, that were built and deployed one after the other."""
    clone, commits = new_remote(tmp_path_factory.mktemp("history"), registry), []
    for _ in range(3):
        commits.append(clone.commit("backend"))
        clone.build("backend", commits[-1])
        assert clone.gitops("update").status == 0
    return clone, commits


@pytest.fixture
def deployed(history: tuple[Clone, list[str]], tmp_path: Path) -> tuple[Clone, list[str]]:
    """A copy of that clone, which a test may change."""
    clone, commits = history
    return copy_remote(clone, tmp_path), commits


def test_it_goes_back_to_what_ran_before_and_stays_there(deployed: tuple[Clone, list[str]]) -> None:
    clone, commits = deployed
    done = clone.gitops("rollback", *BACKEND, "--reason", "search is slow")
    assert done.status == 0, done.err
    assert clone.deployed()["backend"] == commits[1]
    clone.build("backend", clone.commit("backend"))
    assert "held: search is slow" in clone.gitops("update").out
    assert clone.deployed()["backend"] == commits[1]


def test_doing_it_again_changes_nothing(deployed: tuple[Clone, list[str]]) -> None:
    clone, commits = deployed
    clone.gitops("rollback", *BACKEND)
    before = clone.commits()
    assert clone.gitops("rollback", *BACKEND).status == 0
    assert (clone.commits(), clone.deployed()["backend"]) == (before, commits[1])


def test_it_goes_to_a_named_commit_and_further_and_forward(deployed: tuple[Clone, list[str]]) -> None:
    clone, commits = deployed
    for commit in (commits[0], commits[1], commits[0]):
        for _ in range(2):
            assert clone.gitops("rollback", *BACKEND, "--to", commit[:10]).status == 0
            assert clone.deployed()["backend"] == commit
    assert clone.gitops("update").status == 0
    assert clone.deployed()["backend"] == commits[0]


def test_after_a_release_the_next_update_takes_the_newest(deployed: tuple[Clone, list[str]]) -> None:
    clone, commits = deployed
    clone.gitops("rollback", *BACKEND)
    assert clone.gitops("release", *BACKEND).status == 0
    clone.gitops("update")
    assert clone.deployed()["backend"] == commits[2]
    assert "gitops.yaml" not in clone.git("ls-tree", "--name-only", "-r", "origin/main")


def test_the_message_says_from_where_to_where_and_why(deployed: tuple[Clone, list[str]]) -> None:
    clone, commits = deployed
    clone.gitops("rollback", *BACKEND, "--reason", "search is slow")
    clone.pull()
    message = clone.git("log", "-1", "--format=%B")
    assert message.startswith(f"Roll back backend {commits[1][:7]} to satomichi\n")
    assert "backend is held: search is slow" in message
    assert f"backend: {commits[2][:7]} -> {commits[1][:7]} (satomichi)" in message


@pytest.mark.parametrize(
    ("to", "status", "words"),
    [
        ("nonsense", 2, "There is no commit 'nonsense'"),
        ("origin/main", 11, "does not exist"),
        ("side", 2, "is not a commit of main"),
    ],
)
def test_it_goes_nowhere_else(deployed: tuple[Clone, list[str]], to: str, status: int, words: str) -> None:
    clone, _ = deployed
    clone.git("switch", "--quiet", "--create", "side")
    clone.git("commit", "--quiet", "--allow-empty", "--message", "On a branch")
    clone.git("switch", "--quiet", "main")
    before = clone.commits()
    done = clone.gitops("rollback", *BACKEND, "--to", clone.git("rev-parse", to) if to != "nonsense" else to)
    assert (done.status, clone.commits()) == (status, before)
    assert words in done.err


def test_where_nothing_ran_before_it_says_so(clone: Clone) -> None:
    clone.build("backend", clone.commit("backend"))
    clone.gitops("update")
    done = clone.gitops("rollback", "--overlay", OWNER)
    assert (done.status, "Nothing was deployed before" in done.err) == (2, True)


def test_a_hold_keeps_its_reason_through_special_characters(deployed: tuple[Clone, list[str]]) -> None:
    clone, _ = deployed
    reason = 'yes: "12" # {遅い}\nand more'
    assert clone.gitops("hold", *BACKEND, "--reason", reason).status == 0
    before = clone.commits()
    clone.gitops("hold", *BACKEND, "--reason", reason)
    assert clone.commits() == before
    status = {row["component"]: row["hold"] for row in clone.gitops("status", "--json").json}
    assert status == {"backend": reason, "frontend": None}


def test_releasing_what_is_not_held_changes_nothing(clone: Clone) -> None:
    before = clone.commits()
    assert clone.gitops("release", "--overlay", OWNER).status == 0
    assert clone.commits() == before


def test_a_hold_needs_a_reason_and_an_overlay_that_exists(clone: Clone) -> None:
    assert clone.gitops("hold", "--overlay", OWNER).status == 2
    done = clone.gitops("hold", "--overlay", "nobody", "--reason", "x")
    assert (done.status, "These are there: satomichi." in done.err) == (2, True)


def test_other_settings_and_comments_survive_a_hold_and_its_release(clone: Clone) -> None:
    text = "# ours\nfollows: main  # as all do\n"
    (clone.path / f"k8s/overlays/{OWNER}/gitops.yaml").write_text(text)
    clone.commit("backend")
    clone.gitops("hold", "--overlay", OWNER, "--reason", "x")
    assert "backend:" in clone.read(f"k8s/overlays/{OWNER}/gitops.yaml")
    clone.gitops("release", "--overlay", OWNER)
    assert clone.read(f"k8s/overlays/{OWNER}/gitops.yaml") == text.strip()


def test_history_tells_what_ran_when(deployed: tuple[Clone, list[str]]) -> None:
    clone, commits = deployed
    clone.gitops("rollback", *BACKEND)
    rows = clone.gitops("history", "--overlay", OWNER, "--json").json
    assert [row["commit"] for row in rows] == [commits[1], commits[2], commits[1], commits[0]]
    assert [row["previous"] for row in rows] == [commits[2], commits[1], commits[0], None]
    assert rows[0]["deployed_by"] == clone.commits()[0]
    assert len(clone.gitops("history", "--overlay", OWNER, "--limit", "2", "--json").json) == 2


def test_history_that_is_not_utf_8_is_passed_over(deployed: tuple[Clone, list[str]]) -> None:
    clone, commits = deployed
    clone.pull()
    file = clone.path / kustomization(OWNER)
    text = file.read_bytes()
    for content in (text + b"# caf\xe9\n", text):
        file.write_bytes(content)
        clone.git("commit", "--quiet", "--all", "--message", "By hand")
    clone.git("push", "--quiet", "origin", "HEAD:main")
    assert clone.gitops("history", "--overlay", OWNER, "--json").json[0]["commit"] == commits[-1]


def test_status_tells_how_far_behind_each_is(deployed: tuple[Clone, list[str]]) -> None:
    clone, commits = deployed
    clone.gitops("rollback", *BACKEND, "--to", commits[0], "--reason", "slow")
    backend, frontend = clone.gitops("status", "--json").json
    history = clone.commits()
    assert backend["behind"] == history.index(commits[0]) - history.index(commits[2])
    assert (backend["commit"], backend["hold"], backend["present"]) == (commits[0], "slow", True)
    assert (frontend["commit"], frontend["behind"], frontend["present"]) == (None, None, False)
    clone.registry.delete(f"{OWNER}/k8s-practice-backend", clone.digests()["backend"])
    assert clone.gitops("status", "--json").json[0]["present"] is False
    assert commits[0][:7] in clone.gitops("status").out
