"""What should be deployed, case by case."""

import pytest

from gitops import desired
from gitops.image_tags import tag_of
from gitops.model import Hold, Image, Relation, not_deployed

NAME = "ghcr.io/satomichi/k8s-practice-backend"
COMMITS = [f"{number:040x}" for number in range(9, 0, -1)]
NEWEST, OLDER = COMMITS[0], COMMITS[1]


def image(commit: str, digest: str = "sha256:1") -> Image:
    return Image(NAME, tag_of(commit), digest)


def test_the_newest_commit_with_an_image_is_first() -> None:
    tags = ["latest", tag_of(COMMITS[5]), tag_of(COMMITS[2]), "sha256-00.att", tag_of("f" * 40)]
    assert list(desired.built_commits(COMMITS, tags)) == [COMMITS[2], COMMITS[5]]


@pytest.mark.parametrize("tag", ["main-" + "a" * 40, "sha-" + "a" * 7, "sha-" + "A" * 40, tag_of("0" * 40), "a" * 40])
def test_only_the_tags_that_ci_pushes_name_a_commit(tag: str) -> None:
    assert Image(NAME, tag, "").commit is None


@pytest.mark.parametrize(
    ("relation", "action"), [("ahead", "deploy"), ("same", "keep"), ("behind", "keep"), ("diverged", "refuse")]
)
def test_only_a_commit_that_comes_after_is_deployed(relation: Relation, action: str) -> None:
    assert desired.decide(image(OLDER), image(NEWEST), relation, None).action == action


def test_a_held_component_stays_whatever_there_is() -> None:
    decision = desired.decide(image(OLDER), image(NEWEST), "ahead", Hold("search is slow"))
    assert (decision.action, decision.image) == ("keep", image(OLDER))
    assert "search is slow" in decision.reason


def test_without_any_image_nothing_happens() -> None:
    assert desired.decide(not_deployed(NAME), None, None, None).action == "keep"


def test_a_component_that_was_never_deployed_gets_the_newest() -> None:
    assert desired.decide(not_deployed(NAME), image(OLDER), None, None).image == image(OLDER)


def test_a_tag_that_was_pushed_again_moves_nothing_unless_the_old_digest_is_gone() -> None:
    old, again = image(NEWEST), image(NEWEST, "sha256:2")
    assert desired.decide(old, again, "same", None).image == old
    assert desired.decide(old, again, "same", None, present=False).image == again


def test_behind_counts_commits_of_main() -> None:
    assert desired.behind(COMMITS, COMMITS[4], COMMITS[1]) == 3
    assert desired.behind(COMMITS, COMMITS[1], COMMITS[1]) == 0
    assert desired.behind(COMMITS, None, COMMITS[1]) is None
    assert desired.behind(COMMITS, "f" * 40, COMMITS[1]) is None


def test_a_build_is_needed_for_files_of_the_component_only() -> None:
    changed = ["backend/app/api.py", "backendish.py", "docs/backend/x.md", "Makefile"]
    assert desired.build_needed(changed, ["backend/", "Makefile"]) == ["backend/app/api.py", "Makefile"]
