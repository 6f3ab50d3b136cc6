"""A fault in one overlay stops no other: the overlay is left as it was, the others move, and the last line says so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import need
from tests.gitops.support import faulty
from tests.gitops.support.faulty import FaultyRegistry
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import Clone, kustomization, new_remote

Break = Callable[[str], str]


@pytest.fixture
def clone(tmp_path: Path, registry: TestRegistry) -> Clone:
    return new_remote(tmp_path, registry, ("ada", "bob", "carl"))


def broken(clone: Clone, name: str, change: Break) -> str:
    """Breaks an overlay, and builds a new backend. Returns the commit."""
    file = clone.path / kustomization(name)
    file.write_text(change(file.read_text()))
    commit = clone.commit("backend")
    clone.build("backend", commit)
    return commit


UNREADABLE: dict[str, Break] = {
    "no YAML": lambda text: "images: [\n",
    "no mapping": lambda text: "- images\n",
    "two entries of one image": lambda text: text + "  - name: k8s-practice-backend\n",
    "a tag that is a number": lambda text: text.replace("newTag: sha-" + "0" * 40, "newTag: 12", 1),
}
NOT_RENDERING: dict[str, Break] = {
    "a resource that is missing": lambda text: text.replace("../../base", "../../bass"),
    "a field that kustomize does not know": lambda text: text + "resource: []\n",
    "an image that no container has": lambda text: text.replace(
        "- name: k8s-practice-backend", "- name: x/k8s-practice-backend"
    ),
    "what leads out of the repository": lambda text: text.replace("../../base", "https://example.org/base"),
}


SETTINGS = ["- a", "follow: ada", "follows: [ada]", "hold: {backend: {}}", "holds: {backend: {reason: 2026-01-01}}"]


@pytest.mark.parametrize("settings", SETTINGS)
def test_an_overlay_whose_settings_are_not_understood_is_left_as_it_is(clone: Clone, settings: str) -> None:
    """A hold that is misspelt is no hold: rather than to move what somebody holds, nothing is moved."""
    (clone.path / "k8s/overlays/bob/gitops.yaml").write_text(settings)
    commit = broken(clone, "bob", str)
    done = clone.gitops("update")
    assert (done.status, clone.deployed("ada")["backend"]) == (30, commit)
    assert clone.deployed("bob")["backend"] != commit
    assert "k8s/overlays/bob/gitops.yaml" in done.err


@pytest.mark.parametrize("change", [*UNREADABLE.values(), *NOT_RENDERING.values()], ids=[*UNREADABLE, *NOT_RENDERING])
def test_one_overlay_that_cannot_be_deployed_stops_no_other(clone: Clone, change: Break) -> None:
    need("kustomize", "kustomize")
    commit = broken(clone, "bob", change)
    text, before = clone.read(kustomization("bob")), clone.commits()
    done = clone.gitops("update", render=True)
    assert done.status == 30, done.err
    assert [clone.deployed(name)["backend"] for name in ("ada", "carl")] == [commit] * 2
    assert clone.read(kustomization("bob")) == text
    assert clone.commits()[1:] == before, "one commit"
    assert "bob: leave (" in done.out
    assert "bob: " in done.err
    assert "bob" not in clone.git("log", "-1", "--format=%B", "origin/main")
    again = clone.gitops("update", render=True)
    assert (again.status, clone.commits()[1:]) == (30, before), "it stays said, and nothing is committed again"


def test_a_dry_run_and_json_say_what_is_left_out_too(clone: Clone) -> None:
    broken(clone, "bob", UNREADABLE["no YAML"])
    dry = clone.gitops("update", "--dry-run")
    assert (dry.status, "bob/kustomization.yaml is not valid YAML" in dry.err) == (30, True)
    done = clone.gitops("update", "--json")
    assert done.status == 30
    rows = [row for row in done.json["results"] if row["overlay"] == "bob"]
    assert [row["action"] for row in rows] == ["leave"]


def test_a_fault_of_overlays_that_are_alike_is_said_once(clone: Clone) -> None:
    need("kustomize", "kustomize")
    broken(clone, "ada", NOT_RENDERING["a resource that is missing"])
    commit = broken(clone, "carl", NOT_RENDERING["a resource that is missing"])
    done = clone.gitops("update", render=True)
    assert (done.status, clone.deployed("bob")["backend"]) == (30, commit)
    assert "ada, carl: " in done.err or "carl, ada: " in done.err
    assert done.err.count("does not render") == 1


def test_an_overlay_that_was_fixed_moves_with_the_next_update(clone: Clone) -> None:
    need("kustomize", "kustomize")
    good = clone.read(kustomization("bob"))
    broken(clone, "bob", NOT_RENDERING["a resource that is missing"])
    clone.gitops("update", render=True)
    clone.pull()
    commit = broken(clone, "bob", lambda text: f"{good}\n")
    assert clone.gitops("update", render=True).status == 0
    assert clone.deployed("bob")["backend"] == commit


def test_a_component_that_the_registry_refuses_keeps_the_other_from_nothing(clone: Clone) -> None:
    commit = clone.commit("frontend")
    with faulty.running(FaultyRegistry(commit)) as registry:
        registry.refused = "k8s-practice-backend"
        done = clone.gitops("update", GITOPS_REGISTRY=registry.host)
    assert done.status == 30, done.err
    assert {clone.deployed(name)["frontend"] for name in ("ada", "bob", "carl")} == {commit}
    assert "backend: " in done.err
    assert "ada backend: leave (" in done.out


def test_another_overlay_that_cannot_be_read_does_not_concern_who_asks_for_one(clone: Clone) -> None:
    commit = broken(clone, "bob", UNREADABLE["no YAML"])
    assert clone.gitops("update", "--overlay", "ada").status == 0
    assert clone.deployed("ada")["backend"] == commit
    assert clone.gitops("update", "--overlay", "bob").status == 2


def test_an_application_that_cannot_be_read_is_named_and_stops_nothing(clone: Clone) -> None:
    (clone.path / "k8s/argocd-applications/bob-application.yaml").write_text("kind: [\n")
    commit = broken(clone, "bob", lambda text: text)
    done = clone.gitops("update")
    assert (done.status, clone.deployed("bob")["backend"]) == (30, commit)
    assert "k8s/argocd-applications/bob-application.yaml" in done.err


def test_status_shows_the_others_and_names_what_cannot_be_read(clone: Clone) -> None:
    broken(clone, "bob", UNREADABLE["no YAML"])
    done = clone.gitops("status", "--json")
    assert done.status == 0, done.err
    assert {row["overlay"] for row in done.json} == {"ada", "bob", "carl"}
    assert "is not valid YAML" in next(row["note"] for row in done.json if row["overlay"] == "bob")


def test_a_fork_retargets_what_it_can(clone: Clone) -> None:
    need("kustomize", "kustomize")
    broken(clone, "bob", NOT_RENDERING["a resource that is missing"])
    broken(clone, "carl", UNREADABLE["no YAML"])
    fork = Clone(clone.path, clone.registry, {**clone.environment, "GITHUB_REPOSITORY": "eve/Search"}, "eve")
    commit = fork.commit("backend")
    fork.build("backend", commit)
    assert fork.gitops("update", render=True).status == 30
    assert "eve/k8s-practice-backend" in fork.read(kustomization("ada"))
    assert fork.deployed("ada")["backend"] == commit
