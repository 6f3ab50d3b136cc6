"""A tree is solved only when every rule and every guard is silent, whatever was done to it."""

import copy
import random
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gitops.doctor.checkout import Rendered
from gitops.errors import BadInput
from gitops.git import client
from gitops.git.client import Git
from gitops.manifests.objects import Object, reference
from gitops.manifests.rules import rules_for, violations
from gitops.practice import ratchet, state, trees
from gitops.practice.check import Judgement, Verdict, check
from gitops.practice.proof import STUDENT
from gitops.practice.state import State
from gitops.processes import MEBIBYTE
from tests.practice.ground import OVERLAYS, ground

VALUES: list[Any] = [0, 1, 20, "", "other", "http", 8080, "1m", "4Gi", True, False, None, {}, []]


def with_objects(state: State, objects: Sequence[Object]) -> State:
    return State(replace(state.checkout, rendered={state.overlay: Rendered(objects)}), state.overlay)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container and key within a value."""
    steps = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    below = [place for _, child in steps if isinstance(child, (dict, list)) for place in places(child)]
    return [(value, key) for key, _ in steps] + below


def edited(objects: Sequence[Object], choose: random.Random, times: int) -> list[Any]:
    changed = copy.deepcopy(list(objects))
    for _ in range(times):
        # Kind, version and name stay: with others it would be another object, and this one missing.
        those = [place for one in changed for place in places({"spec": one.get("spec", {}), "m": one["metadata"]})]
        holder, key = choose.choice([place for place in those if place[1] not in ("spec", "m", "name")])
        if choose.random() < 0.4:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(choose.choice(VALUES))
    return changed


@given(seed=st.integers(0, 10**9), times=st.integers(1, 4))
@example(seed=1024133, times=2)  # Deployments without containers: the rules cannot decide
@settings(max_examples=40)
def test_no_edits_are_judged_solved_while_a_rule_or_a_guard_speaks(seed: int, times: int) -> None:
    start = ground(STUDENT).after()
    objects = edited(start.objects, random.Random(seed), times)
    if check(with_objects(start, objects), start).verdict is not Verdict.SOLVED:
        return
    assert violations(objects, rules_for(start.checkout.sources.programs)) == {}
    assert [guard.name for guard in ratchet.GUARDS if list(guard.loss(start.objects, objects))] == []


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_start_is_clean(overlay: str) -> None:
    start = ground(overlay).after()
    assert start.findings == []
    assert check(start, start) == Judgement(())


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_deleting_any_object_of_the_start_is_refused(overlay: str) -> None:
    start = ground(overlay).after()
    for deleted in start.objects:
        rest = [other for other in start.objects if other is not deleted]
        judgement = check(with_objects(start, rest), start)
        missing = {failure.requirement: failure.details for failure in judgement.failures}["nothing-is-missing"]
        assert missing == (reference(deleted),)


@pytest.mark.parametrize("guard", ["pod-security-stays", "pods-stay-apart"])
def test_weakening_what_protected_before_is_refused(guard: str) -> None:
    start = ground("local").after()
    weaker: list[Any] = copy.deepcopy(list(start.objects))
    for item in weaker:
        if item["kind"] == "Namespace":
            item["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] = "baseline"
        if item["kind"] == "Deployment":
            del item["spec"]["template"]["spec"]["topologySpreadConstraints"]
    assert guard in check(with_objects(start, weaker), start).requirements


def test_what_does_not_render_is_open_and_says_what_kustomize_says() -> None:
    local = ground("local")
    manifests = {**local.manifests, "k8s/base/kustomization.yaml": "resources: [nowhere.yaml]\n"}
    judgement = check(replace(local, manifests=manifests).after(), local.after())
    assert judgement.verdict is Verdict.OPEN
    assert "nowhere.yaml" in str(
        [failure.details for failure in judgement.failures if failure.requirement == "overlays-render"]
    )


def test_what_kustomize_would_fetch_is_refused_and_not_fetched() -> None:
    local = ground("local")
    manifests = {**local.manifests, "k8s/base/kustomization.yaml": "resources: ['https://example.org/a.yaml']\n"}
    judgement = check(replace(local, manifests=manifests).after(), local.after())
    assert "kustomizations-stay-inside-k8s" in judgement.requirements


def test_a_tree_without_manifests_is_open() -> None:
    assert check(state.of({}, {}, "local"), ground("local").after()).verdict is Verdict.OPEN


def test_nothing_is_read_of_a_branch_with_more_files_than_anybody_writes(tmp_path: Path) -> None:
    (tmp_path / "k8s").mkdir()
    for number in range(trees.MOST_FILES + 1):
        (tmp_path / f"k8s/{number}.yaml").touch()
    git = Git(tmp_path)
    git.run("init", "--quiet")
    git.run("add", "--all")
    assert trees.Trees(git).manifests(git.run("write-tree").strip()) == {}


def test_nothing_is_read_of_a_branch_with_more_text_than_anybody_writes(tmp_path: Path) -> None:
    (tmp_path / "k8s").mkdir()
    for number in range(6):
        (tmp_path / f"k8s/{number}.yaml").write_text(f"{number}" * trees.LARGEST)
    git = Git(tmp_path)
    git.run("init", "--quiet")
    git.run("add", "--all")
    assert trees.Trees(git).manifests(git.run("write-tree").strip()) == {}
    with pytest.raises(BadInput, match="k8s has more than 5000000 bytes"):
        state.manifests_in(git)


@pytest.mark.parametrize("at_once", [16 * MEBIBYTE, 0])
def test_a_file_that_is_too_large_reads_as_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(client, "_USUAL", at_once)
    (tmp_path / "k8s").mkdir()
    (tmp_path / "k8s/small.yaml").write_text("a: 1\n")
    (tmp_path / "k8s/large.yaml").write_text("a" * (trees.LARGEST + 1))
    git = Git(tmp_path)
    git.run("init", "--quiet")
    git.run("add", "--all")
    manifests = trees.Trees(git).manifests(git.run("write-tree").strip())
    assert manifests == {"k8s/small.yaml": "a: 1\n", "k8s/large.yaml": ""}


def test_nothing_is_read_of_folders_that_hold_each_other_more_often_than_can_be_counted(tmp_path: Path) -> None:
    git = Git(tmp_path)
    git.run("init", "--quiet")

    def holding(folder: str, *names: str) -> str:
        """A folder that holds the other one by these names."""
        entries = "".join(f"040000 tree {folder}\t{name}\n" for name in names)
        return subprocess.run(
            ["git", "mktree"], cwd=tmp_path, input=entries, capture_output=True, text=True, check=True
        ).stdout.strip()

    folder = git.run("write-tree").strip()
    for _ in range(25):
        folder = holding(folder, *"0123456789")
    assert trees.Trees(git).manifests(holding(folder, "k8s")) == {}
