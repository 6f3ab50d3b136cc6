"""Overlays as people write them: what kustomize takes works, or is refused by name; none is passed over."""

from pathlib import Path

import pytest

from tests.conftest import need
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import OWNER, Clone, kustomization, new_remote

NAMES = ("kustomization.yml", "Kustomization")
FOLDER = f"k8s/overlays/{OWNER}"


def edit(clone: Clone, path: str, *replacements: tuple[str, str]) -> None:
    text = (clone.path / path).read_text()
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    (clone.path / path).write_text(text)


def renamed(clone: Clone, name: str) -> str:
    """Renames the overlay's kustomization; the next commit has it."""
    (clone.path / kustomization(OWNER)).rename(clone.path / FOLDER / name)
    return f"{FOLDER}/{name}"


@pytest.mark.parametrize("name", NAMES)
def test_a_kustomization_of_another_name_is_deployed_and_rolled_back(clone: Clone, name: str) -> None:
    need("kustomize", "kustomize")
    first = clone.commit("backend")
    clone.build("backend", first)
    clone.gitops("update")
    clone.pull()
    path = renamed(clone, name)
    second = clone.commit("backend")
    clone.build("backend", second)
    done = clone.gitops("update", render=True)
    assert f"{OWNER} backend: deploy {second[:7]}" in done.out, done.err
    assert second in clone.read(path)
    assert [row["commit"] for row in clone.gitops("history", "--overlay", OWNER, "--json").json] == [second, first]
    assert clone.gitops("rollback", "--overlay", OWNER, "--component", "backend").status == 0
    assert first in clone.read(path)
    assert clone.gitops("status", "--json").json[0]["commit"] == first


@pytest.mark.parametrize("words", [("update",), ("status",), ("rollback", "--overlay", OWNER)])
def test_two_kustomizations_are_refused_by_name(clone: Clone, words: tuple[str, ...]) -> None:
    (clone.path / FOLDER / "Kustomization").write_text("resources: [../../base]\n")
    clone.commit("backend")
    done = clone.gitops(*words)
    assert done.status == 2
    assert f"{FOLDER}/kustomization.yaml and {FOLDER}/Kustomization are there" in done.err


def test_a_folder_without_a_kustomization_is_said(clone: Clone) -> None:
    (clone.path / "k8s/overlays/empty").mkdir()
    (clone.path / "k8s/overlays/empty/namespace.yaml").write_text("kind: Namespace\n")
    clone.commit("backend")
    said = "has no kustomization.yaml, kustomization.yml or Kustomization"
    assert f"empty: leave (it {said}" in clone.gitops("update").out
    assert said in next(row for row in clone.gitops("status", "--json").json if row["overlay"] == "empty")["note"]
    assert said not in clone.gitops("update", "--overlay", OWNER).out


def test_an_overlay_that_takes_no_image_from_a_registry_is_said(tmp_path: Path, registry: TestRegistry) -> None:
    clone = new_remote(tmp_path, registry, (OWNER, "local"))
    (clone.path / kustomization("local")).write_text("images:\n- {name: k8s-practice-backend, newTag: local}\n")
    clone.commit("backend")
    said = f"it takes no backend from a registry: `images` in {kustomization('local')} has no entry"
    assert f"local backend: leave ({said}" in clone.gitops("update", "--overlay", "local").out
    row = next(row for row in clone.gitops("status", "--json").json if row["overlay"] == "local")
    assert (row["component"], row["image"], row["note"].startswith(said)) == ("backend", None, True)
    assert "takes no backend from a registry" in clone.gitops("status").out


def test_an_image_under_its_full_name_is_deployed(clone: Clone) -> None:
    need("kustomize", "kustomize")
    full = f"{clone.registry.host}/{OWNER}/k8s-practice-backend"
    edit(clone, "k8s/base/deployments.yaml", ("image: k8s-practice-backend", f"image: {full}:1"))
    edit(clone, kustomization(OWNER), (f"name: k8s-practice-backend\n    newName: {full}", f"name: {full}"))
    commit = clone.commit("backend")
    clone.build("backend", commit)
    done = clone.gitops("update", render=True)
    assert done.status == 0, done.err
    assert clone.deployed()["backend"] == commit
    assert f"name: {full}\n    newTag:" in clone.read(kustomization(OWNER)), "newName would say the same again"


def test_a_full_name_that_the_container_does_not_have_is_refused_with_the_one_that_it_has(clone: Clone) -> None:
    need("kustomize", "kustomize")
    full = f"{clone.registry.host}/{OWNER}/k8s-practice-backend"
    edit(clone, kustomization(OWNER), (f"name: k8s-practice-backend\n    newName: {full}", f"name: {full}"))
    commit = clone.commit("backend")
    clone.build("backend", commit)
    done = clone.gitops("update", render=True)
    assert done.status == 30
    assert f"should run {full}:sha-{commit}" in done.err
    assert f"`images` of {kustomization(OWNER)} the `name` that the container has" in done.err
    assert "without tag: k8s-practice-backend." in done.err


@pytest.mark.parametrize("name", NAMES)
def test_a_fork_makes_a_kustomization_of_another_name_its_own(clone: Clone, name: str) -> None:
    need("kustomize", "kustomize")
    renamed(clone, name)
    clone.commit("backend")
    fork = Clone(clone.path, clone.registry, {**clone.environment, "GITHUB_REPOSITORY": "ada/Search"}, "ada")
    assert fork.gitops("retarget", render=True).status == 0
    fork.pull()
    assert OWNER not in fork.read(f"k8s/overlays/ada/{name}")


def test_a_fork_keeps_the_full_name_by_which_its_base_calls_an_image(clone: Clone) -> None:
    need("kustomize", "kustomize")
    full = f"{clone.registry.host}/{OWNER}/k8s-practice-backend"
    edit(clone, "k8s/base/deployments.yaml", ("image: k8s-practice-backend", f"image: {full}:1"))
    edit(clone, kustomization(OWNER), (f"name: k8s-practice-backend\n    newName: {full}", f"name: {full}"))
    clone.commit("backend")
    fork = Clone(clone.path, clone.registry, {**clone.environment, "GITHUB_REPOSITORY": "ada/Search"}, "ada")
    commit = fork.commit("backend")
    fork.build("backend", commit)
    done = fork.gitops("update", render=True)
    assert done.status == 0, done.err
    assert fork.deployed("ada")["backend"] == commit
    text = fork.read(kustomization("ada"))
    assert f"- name: {full}\n" in text
    assert f"newName: {full.replace(OWNER, 'ada')}\n" in text


def test_a_student_whose_kustomization_was_renamed_keeps_it(clone: Clone) -> None:
    clone.gitops("student", "add", "ada")
    clone.pull()
    old, new = clone.path / kustomization("ada"), clone.path / "k8s/overlays/ada/kustomization.yml"
    old.rename(new)
    clone.commit("backend")
    before = clone.commits()
    assert "ada: keep" in clone.gitops("student", "add", "ada").out
    assert clone.commits() == before
    assert "ada: remove" in clone.gitops("student", "remove", "ada").out
    clone.pull()
    assert "k8s/overlays/ada" not in clone.git("ls-tree", "-r", "--name-only", "origin/main")


def test_an_alias_is_written_without_what_else_it_stands_for(clone: Clone) -> None:
    digest = f"digest: sha256:{'0' * 64}"
    edit(clone, kustomization(OWNER), (f"    {digest}\n  # The page", "    digest: &none sha256:0\n  # The page"))
    edit(clone, kustomization(OWNER), (digest, "digest: *none"))
    commit = clone.commit("backend")
    built = clone.build("backend", commit)
    assert clone.gitops("update").status == 0
    assert clone.digests() == {"backend": built, "frontend": "sha256:0"}
