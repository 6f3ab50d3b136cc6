"""`gitops update`, as people and workflows run it."""

import signal
import time
from pathlib import Path

import pytest

from gitops.git.repository import Repository
from gitops.operations.context import Context
from gitops.operations.images import newest_image
from gitops.registry import open_registry
from tests.conftest import need
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import OVERLAY, OWNER, Clone, another_clone, kustomization, new_remote

NOBODY = "0" * 40


def test_each_component_gets_the_newest_commit_whose_image_exists(clone: Clone) -> None:
    backend = clone.commit("backend")
    frontend = clone.commit("frontend")
    never_built = clone.commit("backend")
    digests = {"backend": clone.build("backend", backend), "frontend": clone.build("frontend", frontend)}
    done = clone.gitops("update")
    assert done.status == 0, done.err
    assert clone.deployed() == {"backend": backend, "frontend": frontend}
    assert clone.digests() == digests
    assert clone.commits()[1] == never_built, "one commit, on top of main"


def test_nothing_to_do_is_no_commit_and_no_error(clone: Clone) -> None:
    clone.build("backend", clone.commit("backend"))
    clone.gitops("update")
    before = clone.commits()
    again = clone.gitops("update")
    assert (again.status, clone.commits()) == (0, before)
    assert "Nothing to do." in again.out


def test_without_any_image_nothing_is_deployed(clone: Clone) -> None:
    clone.commit("backend")
    done = clone.gitops("update")
    assert done.status == 0
    assert clone.deployed() == {"backend": NOBODY, "frontend": NOBODY}
    assert "the registry holds no image" in done.out


def test_only_the_lines_that_change_are_written(clone: Clone) -> None:
    commit = clone.commit("backend")
    built = clone.build("backend", commit)
    clone.gitops("update")
    old = OVERLAY.format(name=OWNER, host=clone.registry.host, owner=OWNER)
    assert clone.read(kustomization(OWNER)) == old.replace(f"sha-{NOBODY}", f"sha-{commit}", 1).replace(
        f"sha256:{'0' * 64}", built, 1
    ).removesuffix("\n")


def test_the_message_says_what_moves_from_where_to_where_and_on_which_proof(clone: Clone) -> None:
    old = clone.commit("backend")
    clone.build("backend", old)
    clone.gitops("update")
    new = clone.commit("backend")
    built = clone.build("backend", new)
    clone.gitops("update", GITHUB_SERVER_URL="https://github.com", GITHUB_RUN_ID="42")
    clone.pull()
    subject, *body = clone.git("log", "-1", "--format=%B").splitlines()
    assert subject == f"Deploy backend {new[:7]} to satomichi"
    assert f"backend: {old[:7]} -> {new[:7]} (satomichi)" in body
    assert f"{clone.registry.host}/satomichi/k8s-practice-backend:sha-{new}@{built}" in body
    assert any("holds each digest for linux/amd64, linux/arm64" in line for line in body)
    assert "Run: https://github.com/satomichi/k8s-practice/actions/runs/42" in body


def test_a_dry_run_prints_the_diff_and_pushes_nothing(clone: Clone) -> None:
    commit = clone.commit("backend")
    clone.build("backend", commit)
    before = clone.commits()
    done = clone.gitops("update", "--dry-run")
    assert f"+    newTag: sha-{commit}" in done.out
    assert clone.commits() == before


def test_json_says_what_was_decided_and_done(clone: Clone) -> None:
    commit = clone.commit("backend")
    clone.build("backend", commit)
    result = clone.gitops("update", "--json").json
    assert result["changed"] is True
    assert result["commit"] == clone.commits()[0]
    assert [(row["component"], row["action"]) for row in result["results"]] == [
        ("backend", "deploy"),
        ("frontend", "keep"),
    ]
    assert clone.gitops("update", "--json").json["changed"] is False


def test_a_late_build_of_an_older_commit_does_not_step_back(clone: Clone) -> None:
    older, newer = clone.commit("backend"), clone.commit("backend")
    clone.build("backend", newer)
    clone.gitops("update")
    clone.build("backend", older)
    assert clone.gitops("update").status == 0
    assert clone.deployed()["backend"] == newer


def test_an_image_that_was_deleted_does_not_step_back(clone: Clone) -> None:
    older, newer = clone.commit("backend"), clone.commit("backend")
    clone.build("backend", older)
    built = clone.build("backend", newer)
    clone.gitops("update")
    clone.registry.delete(f"{OWNER}/k8s-practice-backend", built)
    done = clone.gitops("update")
    assert (done.status, clone.deployed()["backend"]) == (0, newer)
    assert "comes before it in history" in done.out


def test_an_image_of_a_commit_that_main_does_not_have_is_not_deployed(clone: Clone) -> None:
    clone.git("switch", "--quiet", "--create", "side")
    clone.git("commit", "--quiet", "--allow-empty", "--message", "On a branch")
    clone.build("backend", clone.git("rev-parse", "HEAD"))
    assert clone.gitops("update").status == 0
    assert clone.deployed()["backend"] == NOBODY


def test_a_history_that_has_diverged_is_refused(clone: Clone) -> None:
    lost = clone.commit("backend")
    clone.build("backend", lost)
    clone.gitops("update")
    deployed = clone.read(kustomization(OWNER))
    clone.git("reset", "--quiet", "--hard", f"{lost}~")
    (clone.path / kustomization(OWNER)).write_text(f"{deployed}\n")
    clone.git("commit", "--quiet", "--all", "--message", "Rewrite history")
    clone.git("push", "--quiet", "--force", "origin", "HEAD:main")
    clone.build("backend", clone.commit("backend"))
    done = clone.gitops("update")
    assert done.status == 21
    assert "that main does not contain" in done.err
    assert "gitops rollback --overlay satomichi --component backend --to COMMIT" in done.err
    assert clone.deployed()["backend"] == lost


def test_an_overlay_with_a_diverged_history_does_not_keep_the_others_from_moving(
    tmp_path: Path, registry: TestRegistry
) -> None:
    clone = new_remote(tmp_path, registry, ("ada", "bob"))
    ada = clone.path / kustomization("ada")
    ada.write_text(ada.read_text().replace(f"sha-{NOBODY}", f"sha-{'1a' * 20}", 1))
    commit = clone.commit("backend")
    clone.build("backend", commit)
    done = clone.gitops("update")
    assert (done.status, clone.deployed("bob")["backend"]) == (21, commit)
    assert clone.deployed("ada")["backend"] == "1a" * 20
    assert "ada runs a backend that main does not contain" in done.err
    assert "bob backend: deploy" in done.out


def test_an_image_that_a_merged_branch_deployed_by_hand_is_moved_forward(clone: Clone) -> None:
    """The deployed commit is an ancestor of main, but not along first parents."""
    clone.git("switch", "--quiet", "--create", "side")
    clone.git("commit", "--quiet", "--allow-empty", "--message", "On a branch")
    side = clone.git("rev-parse", "HEAD")
    file = clone.path / kustomization(OWNER)
    file.write_text(file.read_text().replace(f"sha-{NOBODY}", f"sha-{side}", 1))
    clone.git("commit", "--quiet", "--all", "--message", "By hand")
    clone.git("switch", "--quiet", "main")
    clone.git("merge", "--quiet", "--no-ff", "--message", "Merge", "side")
    clone.git("push", "--quiet", "origin", "main")
    newer = clone.commit("backend")
    clone.build("backend", newer)
    assert clone.gitops("update").status == 0
    assert clone.deployed()["backend"] == newer


def test_a_tag_that_was_pushed_again_moves_nothing_until_the_old_digest_is_gone(clone: Clone) -> None:
    commit = clone.commit("backend")
    first = clone.build("backend", commit)
    clone.gitops("update")
    second = clone.build("backend", commit, salt="again")
    clone.gitops("update")
    assert clone.digests()["backend"] == first != second
    clone.registry.delete(f"{OWNER}/k8s-practice-backend", first)
    clone.gitops("update")
    assert clone.digests()["backend"] == second


def test_an_image_that_says_it_is_of_another_commit_is_refused(clone: Clone) -> None:
    clone.build("backend", clone.commit("backend"))
    clone.gitops("update")
    before = clone.commits()
    wrong = clone.commit("backend")
    clone.registry.push(f"{OWNER}/k8s-practice-backend", f"sha-{wrong}", "f" * 40)
    done = clone.gitops("update")
    assert done.status == 16
    assert f"says that it was built from {'f' * 40}" in done.err
    assert clone.commits()[1:] == before


@pytest.mark.parametrize("annotated", [True, False])
def test_an_image_without_a_platform_that_is_asked_for_is_refused(clone: Clone, annotated: bool) -> None:
    clone.build("backend", clone.commit("backend"), platforms=["linux/amd64"], annotated=annotated)
    done = clone.gitops("update")
    assert done.status == 16
    assert "is not built for linux/arm64, only for linux/amd64" in done.err
    assert clone.gitops("update", GITOPS_PLATFORMS="linux/amd64").status == 0


def test_the_label_of_the_image_counts_when_the_index_says_nothing(clone: Clone) -> None:
    wrong = clone.commit("backend")
    clone.registry.push(f"{OWNER}/k8s-practice-backend", f"sha-{wrong}", "f" * 40, annotated=False)
    assert clone.gitops("update").status == 16


def test_an_image_without_an_index_is_one_for_its_platform(clone: Clone) -> None:
    commit = clone.commit("backend")
    built = clone.registry.push_single(f"{OWNER}/k8s-practice-backend", f"sha-{commit}", commit)
    assert clone.gitops("update").status == 16
    assert clone.gitops("update", GITOPS_PLATFORMS="linux/amd64").status == 0
    assert clone.digests()["backend"] == built


def test_overlays_and_components_can_be_chosen(tmp_path: Path, registry: TestRegistry) -> None:
    clone = new_remote(tmp_path, registry, ("ada", "bob"))
    commit = clone.commit("backend")
    clone.build("backend", commit)
    clone.build("frontend", commit)
    clone.gitops("update", "--overlay", "bob", "--component", "frontend")
    assert clone.deployed("ada") == {"backend": NOBODY, "frontend": NOBODY}
    assert clone.deployed("bob") == {"backend": NOBODY, "frontend": commit}
    clone.gitops("update", GITOPS_COMPONENT="both", GITOPS_OVERLAY="")
    assert clone.deployed("ada") == clone.deployed("bob") == {"backend": commit, "frontend": commit}


def test_overlays_that_follow_another_or_take_nothing_from_a_registry_stay(
    tmp_path: Path, registry: TestRegistry
) -> None:
    clone = new_remote(tmp_path, registry, (OWNER, "local", "production"))
    (clone.path / "k8s/overlays/production/gitops.yaml").write_text("follows: satomichi\n")
    local = clone.path / kustomization("local")
    local.write_text("resources: [../../base]\nimages:\n- name: k8s-practice-backend\n  newTag: local\n")
    clone.build("backend", clone.commit("backend"))
    assert clone.gitops("update").status == 0
    assert clone.deployed("production")["backend"] == NOBODY
    assert clone.read(kustomization("local")) == local.read_text().strip()
    refused = clone.gitops("update", "--overlay", "production")
    assert (refused.status, "gitops promote --from satomichi --to production" in refused.err) == (2, True)


def test_a_usual_update_asks_the_registry_at_most_four_things_per_component(
    clone: Clone, registry: TestRegistry
) -> None:
    commit = clone.commit("backend")
    clone.build("backend", commit)
    client = open_registry(registry.host, environment={})
    assert newest_image(Context(Repository(OWNER, "k8s-practice"), client), clone.commits(), "backend")
    client.close()
    # With a registry that wants a token, its challenge and the token come on top.
    assert client.requests == 2


def test_the_checkout_is_left_alone(clone: Clone) -> None:
    clone.build("backend", clone.commit("backend"))
    (clone.path / "backend/source.txt").write_text("not committed\n")
    (clone.path / "new.txt").write_text("not even added\n")
    before = (clone.git("rev-parse", "HEAD"), clone.git("status", "--porcelain"))
    assert clone.gitops("update").status == 0
    assert (clone.git("rev-parse", "HEAD"), clone.git("status", "--porcelain")) == before


def test_a_run_that_is_stopped_leaves_nothing_behind(clone: Clone, tmp_path: Path) -> None:
    clone.build("backend", clone.commit("backend"))
    hook = tmp_path / "remote.git/hooks/pre-receive"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/waiting\nsleep 2\nexit 1\n")
    hook.chmod(0o755)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = clone.start("update", TMPDIR=str(scratch))
    while not (tmp_path / "waiting").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == 143
    assert list(scratch.iterdir()) == []


def test_a_shallow_clone_is_refused(clone: Clone, tmp_path: Path) -> None:
    clone.commit("backend")
    clone.git("clone", "--quiet", "--depth=1", f"file://{tmp_path}/remote.git", str(tmp_path / "shallow"))
    done = Clone(tmp_path / "shallow", clone.registry, clone.environment).gitops("update")
    assert (done.status, "git fetch --unshallow" in done.err) == (2, True)


def test_outside_a_repository_it_says_so(clone: Clone, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    done = Clone(folder, clone.registry, {**clone.environment, "GIT_CEILING_DIRECTORIES": str(tmp_path)}).gitops(
        "update"
    )
    assert (done.status, "is not in a git repository" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("images: [", "did not find expected node content"),
        ("images: []\na: \x07\n", "control characters are not allowed"),
        ("a: 2020-13-45\n", "month must be in 1..12"),
        ("[" * 500, "nested deeper than 100 levels"),
        ("- a list\n", "should hold one YAML mapping"),
        ("images: {a: b}\n", "should be a list"),
        ("images:\n- {name: k8s-practice-backend, newName: a/b, newTag: 12, digest: x}\n", "Put it in quotes"),
        ("images:\n- name: k8s-practice-backend\n- name: k8s-practice-backend\n", "two `images` entries for backend"),
    ],
)
def test_an_overlay_that_cannot_be_understood_stops_everything(clone: Clone, text: str, message: str) -> None:
    (clone.path / kustomization(OWNER)).write_text(text)
    clone.build("backend", clone.commit("backend"))
    before = clone.commits()
    done = clone.gitops("update")
    assert (done.status, clone.commits()) == (2, before)
    assert message in done.err
    assert kustomization(OWNER) in done.err


def test_an_overlay_that_does_not_render_is_not_committed(clone: Clone) -> None:
    need("kustomize", "kustomize")
    (clone.path / "k8s/base/kustomization.yaml").write_text("resources: [missing.yaml]\n")
    clone.build("backend", clone.commit("backend"))
    before = clone.commits()
    done = clone.gitops("update", render=True)
    assert (done.status, clone.commits()) == (30, before)
    assert "satomichi does not render" in done.err


def test_an_entry_that_no_container_uses_is_not_committed(clone: Clone) -> None:
    need("kustomize", "kustomize")
    base = clone.path / "k8s/base/deployments.yaml"
    base.write_text(base.read_text().replace("image: k8s-practice-backend", "image: api"))
    clone.build("backend", clone.commit("backend"))
    before = clone.commits()
    done = clone.gitops("update", render=True)
    assert (done.status, clone.commits()) == (30, before)
    assert "but no container of it does" in done.err


def test_a_remote_that_refuses_says_why(clone: Clone, tmp_path: Path) -> None:
    clone.build("backend", clone.commit("backend"))
    hook = tmp_path / "remote.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'error: GH006: Protected branch update failed' >&2\nexit 1\n")
    hook.chmod(0o755)
    done = clone.gitops("update")
    assert done.status == 22
    assert "GITOPS_DEPLOY_BRANCH" in done.err


@pytest.mark.parametrize(
    ("option", "value", "status", "words"),
    [
        ("--registry", "https://ghcr.io", 2, "such as ghcr.io"),
        ("--platforms", "amd64", 2, "such as linux/amd64"),
        ("--branch", "missing", 20, "with --branch"),
        ("--remote", "missing", 20, "with --remote"),
    ],
)
def test_an_option_that_names_nothing_says_what_it_should_name(
    clone: Clone, option: str, value: str, status: int, words: str
) -> None:
    done = clone.gitops(option, value, "update")
    assert (done.status, words in done.err, value in done.err) == (status, True, True), done.err


def test_platforms_may_have_spaces_between_them(clone: Clone) -> None:
    clone.build("backend", clone.commit("backend"))
    assert clone.gitops("update", GITOPS_PLATFORMS="linux/amd64, linux/arm64").status == 0


def test_two_clones_see_the_same(clone: Clone, tmp_path: Path) -> None:
    commit = clone.commit("backend")
    clone.build("backend", commit)
    other = another_clone(clone, tmp_path / "other")
    assert other.gitops("update").status == 0
    assert "Nothing to do." in clone.gitops("update").out
