"""A fork takes what is new upstream after both have deployed, and keeps its own overlay, images and holds."""

import subprocess
from pathlib import Path

import pytest

from tests.conftest import need
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import OWNER, Clone, another_clone, copy_remote, kustomization, new_remote

ADA = "ada"
APPLICATION = "k8s/argocd-applications/{}-application.yaml"


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory, registry: TestRegistry) -> tuple[Clone, Clone]:
    """An upstream and a fork that holds its backend, after both have deployed since they went apart."""
    upstream = new_remote(tmp_path_factory.mktemp("upstream"), registry, (OWNER, "production"))
    folder = tmp_path_factory.mktemp("fork")
    address = upstream.git("remote", "get-url", "origin")
    upstream.git("clone", "--quiet", "--bare", address, str(folder / "remote.git"))
    fork = another_clone(upstream, folder / "clone", GITHUB_REPOSITORY="Ada/Search")
    fork.git("remote", "rename", "origin", "upstream")
    fork.git("remote", "add", "origin", str(folder / "remote.git"))
    fork.owner = ADA
    for clone in (upstream, fork):
        commit = clone.commit("backend", f"by {clone.owner}")
        clone.build("backend", commit)
        clone.build("frontend", commit)
        assert clone.gitops("update").status == 0
    assert fork.gitops("hold", "--overlay", ADA, "--component", "backend", "--reason", "exam").status == 0
    assert upstream.gitops("hold", "--overlay", OWNER, "--component", "frontend", "--reason", "theirs").status == 0
    return upstream, fork


@pytest.fixture
def upstream(deployed: tuple[Clone, Clone], tmp_path: Path) -> Clone:
    return copy_remote(deployed[0], tmp_path / "upstream")


@pytest.fixture
def fork(deployed: tuple[Clone, Clone], upstream: Clone, tmp_path: Path) -> Clone:
    copied = copy_remote(deployed[1], tmp_path / "fork")
    copied.git("remote", "set-url", "upstream", upstream.git("remote", "get-url", "origin"))
    return copied


def edit(clone: Clone, path: str, old: str, new: str) -> None:
    """A person changes a file and pushes."""
    clone.pull()
    file = clone.path / path
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    clone.git("commit", "--quiet", "--all", "--message", f"Edit {path}")
    clone.git("push", "--quiet", "origin", "HEAD:main")


def settle_source(upstream: Clone, fork: Clone) -> None:
    """Settles backend/source.txt, into which both sides have written."""
    fork.git("fetch", "--quiet", "upstream")
    fork.pull()
    fork.git("checkout", "upstream/main", "--", "backend")
    fork.git("commit", "--quiet", "--message", "As upstream")
    fork.git("push", "--quiet", "origin", "HEAD:main")


def test_the_merge_is_clean_and_what_people_wrote_on_both_sides_survives(upstream: Clone, fork: Clone) -> None:
    need("kustomize", "kustomize")
    edit(upstream, kustomization(OWNER), "images:\n", "replicas:\n  - {name: backend, count: 2}\n\nimages:\n")
    edit(upstream, "k8s/base/deployments.yaml", "name: backend\nspec:", "name: backend\n  labels: {a: b}\nspec:")
    edit(fork, kustomization(ADA), "  # The page.", "  # The page, mine.")
    settle_source(upstream, fork)
    before, deployed, digests = fork.commits(), fork.deployed(ADA), fork.digests(ADA)
    done = fork.gitops("sync-upstream", render=True)
    assert done.status == 0, done.err
    assert fork.commits()[1:] == before
    upstream.pull()
    assert fork.git("rev-list", "--parents", "-1", "origin/main").split()[2] == upstream.git("rev-parse", "HEAD")
    assert (fork.deployed(ADA), fork.digests(ADA)) == (deployed, digests)
    overlay = fork.read(kustomization(ADA))
    assert "count: 2" in overlay
    assert "# The page, mine." in overlay
    assert "labels: {a: b}" in fork.read("k8s/base/deployments.yaml")
    settings = fork.read(f"k8s/overlays/{ADA}/gitops.yaml")
    assert ("exam" in settings, "theirs" in settings) == (True, False)
    manifests = fork.git("ls-tree", "-r", "--name-only", "origin/main", "k8s")
    assert OWNER not in manifests
    assert fork.git("grep", "-i", "--name-only", "--max-count=1", "-e", ADA, "origin/main", "--", "k8s")
    assert "Nothing to do." in fork.gitops("sync-upstream").out
    assert "Nothing to do." in fork.gitops("retarget").out


def test_it_can_be_done_again_and_again(upstream: Clone, fork: Clone) -> None:
    settle_source(upstream, fork)
    assert fork.gitops("sync-upstream").status == 0
    for number in range(2):
        upstream.build("frontend", upstream.commit("frontend", str(number)))
        upstream.gitops("release", "--overlay", OWNER, "--component", "frontend")
        assert upstream.gitops("update").status == 0
        deployed = fork.deployed(ADA)
        done = fork.gitops("sync-upstream", "--upstream", upstream.git("remote", "get-url", "origin"))
        assert done.status == 0, done.err
        assert fork.deployed(ADA) == deployed
        newest = fork.commits()[0]
        fork.build("frontend", newest)
        assert fork.gitops("update").status == 0
        assert fork.deployed(ADA)["frontend"] == newest


def test_an_overlay_that_is_new_upstream_comes_as_never_deployed(upstream: Clone, fork: Clone) -> None:
    settle_source(upstream, fork)
    upstream.gitops("student", "add", "bob")
    upstream.gitops("update", "--overlay", "bob")
    assert fork.gitops("sync-upstream").status == 0
    assert set(fork.deployed("bob").values()) == {"0" * 40}
    assert f"/{ADA}/k8s-practice-backend" in fork.read(kustomization("bob"))
    assert "repoURL: https://github.com/Ada/Search\n" in fork.read(APPLICATION.format("bob"))


def test_a_file_that_two_people_changed_is_named_and_nothing_is_pushed(upstream: Clone, fork: Clone) -> None:
    before = fork.commits()
    done = fork.gitops("sync-upstream")
    assert (done.status, fork.commits()) == (23, before)
    assert "backend/source.txt" in done.err
    assert "k8s/" not in done.err
    assert "git fetch upstream HEAD; git checkout FETCH_HEAD -- FILE" in done.err
    settle_source(upstream, fork)
    assert fork.gitops("sync-upstream").status == 0


def test_a_dry_run_shows_the_merge_and_pushes_nothing(upstream: Clone, fork: Clone) -> None:
    settle_source(upstream, fork)
    edit(upstream, "k8s/base/deployments.yaml", "name: backend\nspec:", "name: api\nspec:")
    before = fork.commits()
    assert "+  name: api" in fork.gitops("sync-upstream", "--dry-run").out
    assert fork.commits() == before


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["sync-upstream", "--upstream", "missing"], 20, "missing"),
        (["sync-upstream", "--upstream", "--upload-pack=touch x"], 20, "upload-pack"),
        (["--deploy-branch", "deploy", "sync-upstream"], 2, "Sync fork"),
    ],
)
def test_a_merge_that_cannot_be_made_says_why(fork: Clone, words: list[str], status: int, message: str) -> None:
    done = fork.gitops(*words)
    assert (done.status, message in done.err) == (status, True), done.err


def test_a_repository_that_this_is_no_fork_of_is_refused(fork: Clone, registry: TestRegistry, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    other = new_remote(folder, registry)
    done = fork.gitops("sync-upstream", "--upstream", other.git("remote", "get-url", "origin"))
    assert (done.status, "no commit in common" in done.err) == (2, True), done.err


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_after_a_plain_merge_the_next_update_puts_everything_right(upstream: Clone, fork: Clone, side: str) -> None:
    """Conflicts are settled for one side throughout, and upstream's overlay comes back with its Application."""
    settle_source(upstream, fork)
    fork.pull()
    fork.git("fetch", "--quiet", "upstream")
    words = ["git", "merge", "--quiet", "--no-commit", "--no-ff", f"--strategy-option={side}", "upstream/main"]
    assert subprocess.run(words, cwd=fork.path, env=fork.environment, capture_output=True).returncode == 1
    there = [kustomization(OWNER), APPLICATION.format(OWNER), f"k8s/overlays/{OWNER}/gitops.yaml"]
    fork.git("checkout", "upstream/main", "--", *there)
    fork.git("add", "--all")
    fork.git("commit", "--quiet", "--message", "Merge upstream")
    fork.git("push", "--quiet", "origin", "HEAD:main")
    findings = fork.gitops("doctor").out
    assert f"{kustomization(OWNER)}:" in findings
    assert f"{APPLICATION.format(OWNER)}:" in findings
    assert "overlays-are-of-this-owner" in findings
    fork.build("backend", fork.commits()[0])
    fork.build("frontend", fork.commits()[0])
    done = fork.gitops("update")
    assert done.status == 0, done.err
    assert f"{OWNER}: remove" in done.out
    fork.pull()
    assert OWNER not in fork.git("ls-tree", "-r", "--name-only", "origin/main", "k8s")
    assert "0" * 40 not in fork.deployed(ADA).values()
    assert "overlays-are-of-this-owner" not in fork.gitops("doctor").out


def test_an_overlay_of_a_student_who_is_called_like_a_former_owner_stays(clone: Clone) -> None:
    clone.gitops("student", "add", ADA)
    file = clone.path / kustomization(ADA)
    clone.pull()
    file.write_text(file.read_text().replace(f"/{OWNER}/", f"/{ADA}/"))
    clone.git("commit", "--quiet", "--all", "--message", "Ada's images")
    clone.git("push", "--quiet", "origin", "HEAD:main")
    assert clone.gitops("retarget").status == 0
    assert f"/{OWNER}/k8s-practice-backend" in clone.read(kustomization(ADA))
