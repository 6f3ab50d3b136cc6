"""`gitops promote` gives an overlay the images of another one."""

from pathlib import Path

import pytest

from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import OWNER, Clone, new_remote

TO = ("--to", "production")


@pytest.fixture
def staged(tmp_path: Path, registry: TestRegistry) -> Clone:
    """Main is deployed to satomichi; production follows it by hand."""
    clone = new_remote(tmp_path, registry, (OWNER, "production"))
    (clone.path / "k8s/overlays/production/gitops.yaml").write_text("follows: satomichi\n")
    commit = clone.commit("backend")
    clone.build("backend", commit)
    clone.build("frontend", commit)
    assert clone.gitops("update").status == 0
    return clone


def test_the_target_gets_the_same_digests_and_nothing_is_built(staged: Clone) -> None:
    staged.commit("backend")
    done = staged.gitops("promote", "--from", OWNER, *TO)
    assert done.status == 0, done.err
    assert staged.digests("production") == staged.digests(OWNER)
    before = staged.commits()
    assert staged.gitops("promote", *TO).status == 0
    assert staged.commits() == before


def test_a_component_can_be_chosen(staged: Clone) -> None:
    staged.gitops("promote", *TO, "--component", "frontend")
    assert staged.deployed("production") == {"backend": "0" * 40, "frontend": staged.deployed()["frontend"]}


def test_a_held_component_is_not_promoted(staged: Clone) -> None:
    staged.gitops("hold", "--overlay", "production", "--reason", "a talk")
    done = staged.gitops("promote", *TO)
    assert (done.status, "backend of production is held: a talk" in done.err) == (31, True)


def test_it_does_not_go_back(staged: Clone) -> None:
    first = staged.deployed()["backend"]
    second = staged.commit("backend")
    staged.build("backend", second)
    staged.gitops("update")
    staged.gitops("promote", *TO)
    staged.gitops("rollback", "--overlay", OWNER, "--component", "backend", "--to", first)
    done = staged.gitops("promote", *TO)
    assert (done.status, f"gitops rollback --overlay production --component backend --to {first}" in done.err) == (
        2,
        True,
    )
    assert staged.deployed("production")["backend"] == second


def test_an_image_that_is_gone_is_not_promoted(staged: Clone) -> None:
    staged.registry.delete(f"{OWNER}/k8s-practice-backend", staged.digests()["backend"])
    assert staged.gitops("promote", *TO).status == 11


def test_it_must_be_said_from_where(staged: Clone) -> None:
    done = staged.gitops("promote", "--to", OWNER)
    assert (done.status, "Say --from OVERLAY" in done.err) == (2, True)


def test_a_component_that_was_never_deployed_cannot_be_promoted(staged: Clone) -> None:
    done = staged.gitops("promote", "--from", "production", "--to", OWNER)
    assert (done.status, "production runs no backend yet" in done.err) == (2, True)
