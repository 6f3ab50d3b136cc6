"""A fork deploys its own images from its own repository, without anybody editing a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gitops.git import repository
from tests.conftest import need
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import OWNER, Clone, kustomization, new_remote
from tests.servers import listening

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


def test_an_address_that_is_no_repository_changes_nothing_else(clone: Clone) -> None:
    """What a student's source names may stand anywhere: it is the cluster of every other Application."""
    cluster = "https://kubernetes.default.svc"
    file = clone.path / "k8s/argocd-applications/satomichi-application.yaml"
    file.write_text(file.read_text().replace("destination:", f"destination:\n    server: {cluster}"))
    strange = "a: {{repoURL: {}, path: k8s/overlays/ada}}\n"
    for number, address in enumerate((cluster, "k8s/overlays/satomichi", "main", "a", '""')):
        (file.parent / f"strange-{number}.yaml").write_text(strange.format(address))
    clone.commit("backend")
    assert clone.gitops("retarget").status == 0
    assert clone.read("k8s/argocd-applications/satomichi-application.yaml") == file.read_text().strip()


def test_of_more_applications_than_anybody_writes_the_rest_is_left_alone(clone: Clone) -> None:
    for number in range(9):
        (clone.path / f"k8s/argocd-applications/x{number}.yaml").write_text("#" * 1_000_000)
    clone.commit("backend")
    done = clone.gitops("retarget")
    assert (done.status, "has more than 8000000 bytes of YAML" in done.err) == (2, True)


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


@pytest.mark.parametrize(
    ("owner", "overlay"),
    [("name_company", "name-company"), ("Ada.Lovelace", "ada-lovelace"), ("Production", "owner-production")],
)
def test_an_owner_whose_name_is_no_label_or_taken_gets_an_overlay_too(
    tmp_path: Path, registry: TestRegistry, owner: str, overlay: str
) -> None:
    need("kustomize", "kustomize")
    clone = new_remote(tmp_path, registry, (OWNER, "production"))
    commit = clone.commit("backend")
    fork = Clone(clone.path, registry, {**clone.environment, "GITHUB_REPOSITORY": f"{owner}/Search"}, owner.lower())
    fork.build("backend", commit)
    done = fork.gitops("update", render=True)
    assert done.status == 0, done.err
    assert fork.deployed(overlay)["backend"] == fork.deployed("production")["backend"] == commit
    assert f"namespace: {overlay}" in fork.read(kustomization(overlay))
    assert f"path: k8s/overlays/{overlay}\n" in fork.read(f"k8s/argocd-applications/{overlay}-application.yaml")


@pytest.mark.parametrize("owner", ["ada-", "a--b_", f"{'x' * 47}"])
def test_an_owner_whom_nothing_can_be_named_after_is_refused_by_name(clone: Clone, owner: str) -> None:
    before = clone.commits()
    done = clone.gitops("update", GITHUB_REPOSITORY=f"{owner}/Search")
    assert (done.status, repr(owner) in done.err, clone.commits()) == (2, True, before), done.err


def test_an_owner_who_is_a_student_here_keeps_the_students_overlay(clone: Clone) -> None:
    clone.gitops("student", "add", "ada")
    done = clone.gitops("--repository", "ada/k8s-practice", "retarget")
    assert "satomichi: remove (ada is this repository's)" in done.out
    assert "gutenberg-search/student: 'ada'" in clone.read(kustomization("ada"))
    assert OWNER not in clone.git("ls-tree", "-r", "--name-only", "origin/main", "k8s")


def test_a_renamed_repository_keeps_its_images_and_gets_its_address(clone: Clone) -> None:
    commit = clone.commit("backend")
    clone.build("backend", commit)
    clone.gitops("update")
    digests = clone.digests()
    done = clone.gitops("update", GITHUB_REPOSITORY=f"{OWNER}/search")
    assert done.status == 0, done.err
    assert (clone.deployed()["backend"], clone.digests()) == (commit, digests)
    application = clone.read("k8s/argocd-applications/satomichi-application.yaml")
    assert f"repoURL: https://github.com/{OWNER}/search\n" in application


def test_an_address_that_leads_to_another_name_is_refused(clone: Clone, tmp_path: Path) -> None:
    """Otherwise, a clone from before the renaming would give the manifests their old address again."""
    clone.git("-C", str(tmp_path / "remote.git"), "update-server-info")
    with redirecting(tmp_path, "/satomichi/k8s-practice", "/satomichi/search", "/remote.git") as server:
        clone.git("remote", "set-url", "origin", f"{server}/satomichi/k8s-practice")
        done = clone.gitops("--branch", "main", "status", GITHUB_REPOSITORY="")
        assert done.status == 20
        assert f"git remote set-url origin {server}/satomichi/search" in done.err
        clone.git("remote", "set-url", "origin", f"{server}/satomichi/search")
        assert clone.gitops("--branch", "main", "status", GITHUB_REPOSITORY="").status == 0


@contextmanager
def redirecting(folder: Path, old: str, new: str, stored: str) -> Iterator[str]:
    """Serves a repository as `new`, and sends whoever asks for `old` there, as GitHub does."""

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith(old):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", f"{server}{new}{self.path.removeprefix(old)}")
                self.end_headers()
                return
            self.path = self.path.partition("?")[0].replace(new, stored)
            super().do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with listening(ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))) as server:
        yield server


def test_a_default_branch_of_another_name_is_found_and_followed(tmp_path: Path, registry: TestRegistry) -> None:
    clone = new_remote(tmp_path, registry)
    clone.git("push", "--quiet", "origin", "main:trunk")
    clone.git("-C", str(tmp_path / "remote.git"), "symbolic-ref", "HEAD", "refs/heads/trunk")
    clone.git("push", "--quiet", "origin", "--delete", "main")
    clone.branch = "trunk"
    clone.build("backend", clone.git("rev-parse", "HEAD"))
    done = clone.gitops("update")
    assert done.status == 0, done.err
    assert clone.deployed()["backend"] == clone.git("rev-parse", "HEAD")
    application = clone.read("k8s/argocd-applications/satomichi-application.yaml")
    assert "targetRevision: trunk\n" in application
    assert clone.gitops("student", "add", "ada").status == 0
    assert "targetRevision: trunk\n" in clone.read("k8s/argocd-applications/ada-application.yaml")
    assert "Nothing to do." in clone.gitops("update", "--overlay", OWNER, GITOPS_BRANCH="trunk").out


def test_a_revision_of_ones_own_stays(clone: Clone) -> None:
    file = clone.path / "k8s/argocd-applications/satomichi-application.yaml"
    file.write_text(file.read_text().replace("targetRevision: main", "targetRevision: 'release'  # by hand"))
    clone.commit("backend")
    assert clone.gitops("update", GITOPS_DEPLOY_BRANCH="deploy").status == 0
    clone.branch = "deploy"
    text = clone.read("k8s/argocd-applications/satomichi-application.yaml")
    assert "targetRevision: 'release'  # by hand" in text


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (f"k8s/overlays/{OWNER}/notes.yaml", b"a: \xe9 satomichi\r\n"),
        ("k8s/argocd-applications/notes.yaml", b"a: \xe9\n"),
        (f"k8s/overlays/{OWNER}/folder.yaml/README.md", b"a folder\n"),
        ("k8s/argocd-applications/folder.yaml/README.md", b"a folder\n"),
        ("k8s/overlays/ada-lovelace/README.md", b"there before the overlay\n"),
    ],
)
def test_whatever_else_lies_there_a_fork_is_retargeted(clone: Clone, path: str, content: bytes) -> None:
    file = clone.path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    fork = forked(clone)
    fork.commit("backend")
    done = fork.gitops("retarget")
    assert "is not UTF-8" in done.err or done.status == 0, done.err
    assert "/tree/" not in done.err
    clone.git("fetch", "--quiet", "origin", "main")
    assert "ada-lovelace" in clone.git("show", f"origin/main:{kustomization('ada-lovelace')}")
    moved = path.replace(f"overlays/{OWNER}", "overlays/ada-lovelace")
    assert clone.git("cat-file", "-e", f"origin/main:{moved}") == ""
