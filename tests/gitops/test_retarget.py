"""A fork deploys its own images from its own repository, without anybody editing a file."""

from pathlib import Path

import pytest

from gitops import repository
from tests.conftest import need
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import OWNER, Clone, kustomization, new_remote

FORK = "Ada-Lovelace/Search"


def forked(clone: Clone) -> Clone:
    return Clone(clone.path, clone.registry, {**clone.environment, "GITHUB_REPOSITORY": FORK}, "ada-lovelace")


def test_the_first_update_of_a_fork_retargets_and_deploys_in_one_commit(clone: Clone) -> None:
    upstream = clone.commit("backend")
    clone.build("backend", upstream)
    clone.gitops("update")
    fork, before = forked(clone), clone.commits()
    commit = fork.commit("backend")
    fork.build("backend", commit)
    done = fork.gitops("update")
    assert done.status == 0, done.err
    assert fork.commits()[2:] == before
    assert fork.deployed("ada-lovelace") == {"backend": commit, "frontend": "0" * 40}


def test_an_image_of_the_former_owner_is_not_taken_for_ours(clone: Clone) -> None:
    clone.build("backend", clone.commit("backend"))
    clone.gitops("update")
    fork = forked(clone)
    done = fork.gitops("update")
    assert fork.deployed("ada-lovelace") == {"backend": "0" * 40, "frontend": "0" * 40}, done.err
    assert set(fork.digests("ada-lovelace").values()) == {f"sha256:{'0' * 64}"}


def test_no_other_owner_survives_anywhere_in_the_manifests(clone: Clone) -> None:
    need("kustomize", "kustomize")
    fork = forked(clone)
    assert fork.gitops("retarget", render=True).status == 0
    fork.pull()
    texts = {path: path.read_text() for path in (fork.path / "k8s").rglob("*.yaml")}
    assert [
        path for path, text in texts.items() if "satomichi" in f"{path.relative_to(fork.path)} {text}".lower()
    ] == []
    assert fork.read(kustomization("ada-lovelace")).count(f"{clone.registry.host}/ada-lovelace/k8s-practice-") == 2
    application = fork.read("k8s/argocd-applications/ada-lovelace-application.yaml")
    assert "repoURL: https://github.com/Ada-Lovelace/Search\n" in application
    assert "path: k8s/overlays/ada-lovelace\n" in application
    assert "name: gutenberg-search-ada-lovelace\n" in application


@pytest.mark.parametrize("owner", ["20261234", "1e3", "null", "on"])
def test_an_owner_whose_name_yaml_takes_for_something_else_can_fork_it_too(
    tmp_path: Path, registry: TestRegistry, owner: str
) -> None:
    need("kustomize", "kustomize")
    clone = new_remote(tmp_path, registry, (OWNER, "production"))
    (clone.path / "k8s/overlays/production/gitops.yaml").write_text("follows: satomichi\n")
    clone.commit("backend")
    done = clone.gitops("--repository", f"{owner}/Search", "update", render=True)
    assert done.status == 0, done.err
    clone.pull()
    assert f"namespace: '{owner}'   # also" in clone.read(kustomization(owner))
    application = clone.read(f"k8s/argocd-applications/{owner}-application.yaml")
    assert f"namespace: '{owner}'" in application
    assert f"path: k8s/overlays/{owner}\n" in application
    assert clone.gitops("--repository", f"{owner}/Search", "status").status == 0


def test_projects_permit_the_repository_under_its_new_name(clone: Clone) -> None:
    clone.gitops("student", "add", "ada")
    fork = forked(clone)
    assert "    - https://github.com/*/k8s-practice\n" in fork.read("k8s/argocd-applications/class/ada.yaml")
    assert fork.gitops("retarget").status == 0
    assert "    - https://github.com/*/Search\n" in fork.read("k8s/argocd-applications/class/ada.yaml")


def test_doing_it_again_changes_nothing(clone: Clone) -> None:
    fork = forked(clone)
    fork.gitops("retarget")
    before = fork.commits()
    assert "Nothing to do." in fork.gitops("retarget").out
    assert "Nothing to do." in fork.gitops("update").out
    assert fork.commits() == before


def test_in_its_own_repository_nothing_changes(clone: Clone) -> None:
    before = clone.commits()
    assert clone.gitops("retarget").status == 0
    assert clone.commits() == before


def test_an_address_that_says_the_same_in_another_way_stays(clone: Clone) -> None:
    file = clone.path / "k8s/argocd-applications/satomichi-application.yaml"
    file.write_text(file.read_text().replace("https://github.com/", "git@github.com:"))
    clone.commit("backend")
    before = clone.commits()
    clone.gitops("retarget")
    assert clone.commits() == before


def test_charts_of_others_are_left_alone(clone: Clone) -> None:
    chart = "spec:\n  source:\n    repoURL: https://charts.example/satomichi\n    chart: x\n"
    (clone.path / "k8s/argocd-applications/chart.yaml").write_text(chart)
    clone.commit("backend")
    forked(clone).gitops("retarget")
    assert "https://charts.example/" in clone.read("k8s/argocd-applications/chart.yaml")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/Ada/Search.git", "https://github.com/Ada/Search"),
        ("git@github.com:Ada/Search.git", "https://github.com/Ada/Search"),
        ("ssh://git@github.com/Ada/Search", "https://github.com/Ada/Search"),
        ("https://token@git.example/Ada/Search", "https://git.example/Ada/Search"),
    ],
)
def test_the_owner_is_read_from_the_remote(url: str, expected: str) -> None:
    assert repository.find(None, url, {}).url == expected


def test_without_a_known_owner_it_asks_for_one(clone: Clone) -> None:
    done = clone.gitops("update", GITHUB_REPOSITORY="")
    assert (done.status, "Say --repository OWNER/NAME" in done.err) == (2, True)
    assert clone.gitops("--repository", "no slash", "update").status == 2


def test_an_overlay_goes_on_following_the_one_that_is_renamed(tmp_path: Path, registry: TestRegistry) -> None:
    clone = new_remote(tmp_path, registry, (OWNER, "production"))
    (clone.path / "k8s/overlays/production/gitops.yaml").write_text("follows: satomichi\n")
    clone.commit("backend")
    fork = forked(clone)
    assert fork.gitops("retarget").status == 0
    fork.pull()
    assert fork.read("k8s/overlays/production/gitops.yaml").strip() == "follows: ada-lovelace"
