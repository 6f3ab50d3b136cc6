"""A job decides whether it has work, so that a required check always reports."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.gitops.support.sandbox import Clone

Decide = Callable[..., bool]


@pytest.fixture
def needed(clone: Clone) -> Decide:
    def decide(component: str, **variables: Any) -> bool:
        done = clone.gitops("build-needed", component, **variables)
        assert done.status == 0, done.err
        assert done.err.startswith(f"{component}: ")
        return {"needed=true\n": True, "needed=false\n": False}[done.out]

    return decide


def test_on_main_everything_since_the_newest_image_counts(clone: Clone, needed: Decide) -> None:
    assert needed("backend"), "nothing is built yet"
    built = clone.commit("backend")
    clone.build("backend", built)
    clone.build("frontend", built)
    assert not needed("backend")
    clone.commit("frontend")
    assert (needed("backend"), needed("frontend")) == (False, True)


def test_a_build_that_was_lost_is_made_up_for_by_the_next_run(clone: Clone, needed: Decide) -> None:
    built = clone.commit("backend")
    clone.build("backend", built)
    clone.commit("backend", "its build fails")
    clone.commit("frontend")
    assert needed("backend")


def test_a_pull_request_counts_from_where_it_left_main(clone: Clone, needed: Decide) -> None:
    clone.git("switch", "--quiet", "--create", "pull")
    (clone.path / "frontend").mkdir()
    (clone.path / "frontend/page.txt").write_text("new\n")
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "--message", "On a branch")
    clone.git("switch", "--quiet", "main")
    base = clone.commit("backend")
    clone.git("switch", "--quiet", "pull")
    assert (needed("backend", GITOPS_BASE=base), needed("frontend", GITOPS_BASE=base)) == (False, True)


def test_by_hand_it_is_always_built(clone: Clone, needed: Decide) -> None:
    clone.build("backend", clone.commit("backend"))
    assert needed("backend", GITOPS_ALWAYS="true")
    assert not needed("backend", GITOPS_ALWAYS="false", GITOPS_BASE="")


def test_when_the_registry_does_not_answer_it_is_built(needed: Decide) -> None:
    assert needed("backend", GITOPS_REGISTRY="registry.invalid")


def test_the_deploy_commit_asks_for_no_build(clone: Clone, needed: Decide) -> None:
    commit = clone.commit("backend")
    clone.build("backend", commit)
    clone.build("frontend", commit)
    clone.gitops("update")
    clone.pull()
    assert (needed("backend"), needed("frontend")) == (False, False)


def test_there_are_two_components(clone: Clone) -> None:
    done = clone.gitops("build-needed", "database")
    assert (done.status, "These are there: backend, frontend." in done.err) == (2, True)
