"""Main takes pull requests only: gitops works on a branch of its own, which Argo CD follows."""

import subprocess
from pathlib import Path

import pytest

from tests.conftest import need
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import OWNER, Clone, Result, another_clone, kustomization, new_remote

NOBODY = "0" * 40
APPLICATION = "k8s/argocd-applications/satomichi-application.yaml"
BACKEND = ("--overlay", OWNER, "--component", "backend")
# As GitHub does it: nobody pushes to main, and no workflow pushes what changes a workflow.
_HOOK = """\
#!/bin/sh
while read old new reference; do
    [ "$PERSON" ] && continue
    if [ "$reference" = refs/heads/main ]; then
        echo "error: GH006: Protected branch update failed for refs/heads/main." >&2
        exit 1
    fi
    case $old in 0000*) range="$new --not --all" ;; *) range="$old..$new" ;; esac
    if [ "$(git log --format=%h --diff-merges=first-parent $range -- .github/workflows)" ]; then
        echo "refusing to allow a GitHub App to create or update workflow" >&2
        exit 1
    fi
done
"""


class Protected(Clone):
    """People merge pull requests to main, gitops cannot."""

    def gitops(self, *words: str, render: bool = False, **variables: str) -> Result:
        return super().gitops(*words, render=render, **{"PERSON": "", "GITOPS_DEPLOY_BRANCH": "deploy", **variables})

    def merge(self, path: str, text: str | None) -> str:
        """Merges a pull request to main that writes the file, or removes it."""
        self.git("fetch", "--quiet", "origin", "main")
        self.git("checkout", "--quiet", "--detach", "origin/main")
        file = self.path / path
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", f"Change {path}")
        self.git("push", "--quiet", "origin", "HEAD:main")
        return self.git("rev-parse", "HEAD")

    def edit(self, path: str, old: str, new: str) -> str:
        text = self.on("main", path)
        assert old in text
        return self.merge(path, text.replace(old, new) + "\n")

    def on(self, branch: str, path: str) -> str:
        self.git("fetch", "--quiet", "origin", branch)
        return self.git("show", f"FETCH_HEAD:{path}")


@pytest.fixture
def clone(tmp_path: Path, registry: TestRegistry) -> Protected:
    made = new_remote(tmp_path, registry, (OWNER, "production"))
    hook = tmp_path / "remote.git/hooks/pre-receive"
    hook.write_text(_HOOK)
    hook.chmod(0o755)
    return Protected(made.path, registry, {**made.environment, "PERSON": "yes"}, branch="deploy")


def built(clone: Protected, text: str = "more") -> str:
    commit = clone.merge("backend/source.txt", text)
    clone.build("backend", commit)
    return commit


def test_a_refusal_names_the_deploy_branch(clone: Protected) -> None:
    built(clone)
    done = clone.gitops("update", GITOPS_DEPLOY_BRANCH="")
    assert (done.status, "GITOPS_DEPLOY_BRANCH" in done.err, "bypass" in done.err) == (22, True, False)


def test_the_first_update_makes_the_branch_and_lets_argo_cd_follow_it(clone: Protected) -> None:
    commit = before = built(clone)
    done = clone.gitops("update")
    assert done.status == 0, done.err
    assert clone.deployed()["backend"] == commit
    assert clone.commits()[1:] == clone.git("rev-list", "--first-parent", before).split()
    assert "targetRevision: deploy\n" in clone.read(APPLICATION)
    assert "targetRevision: main\n" in clone.on("main", APPLICATION)
    assert "Nothing to do." in clone.gitops("update").out


def test_every_command_works_there(clone: Protected) -> None:
    need("kustomize", "kustomize")
    clone.merge("k8s/overlays/production/gitops.yaml", f"follows: {OWNER}\n")
    first = built(clone, "one")
    assert clone.gitops("update", render=True).status == 0
    second = built(clone, "two")
    assert clone.gitops("update", render=True).status == 0
    assert [row["commit"] for row in clone.gitops("history", *BACKEND, "--json").json] == [second, first]
    assert clone.gitops("rollback", *BACKEND, "--reason", "slow", render=True).status == 0
    third = built(clone, "three")
    assert "held: slow" in clone.gitops("update").out
    assert clone.deployed()["backend"] == first
    row = clone.gitops("status", "--overlay", OWNER, "--json").json[0]
    assert (row["commit"], row["behind"], row["hold"]) == (first, 2, "slow")
    assert clone.gitops("promote", "--from", OWNER, "--to", "production", "--component", "backend").status == 0
    assert clone.deployed("production")["backend"] == first
    assert clone.gitops("release", *BACKEND).status == 0
    assert clone.gitops("update", *BACKEND).status == 0
    assert clone.deployed()["backend"] == third
    assert clone.gitops("hold", *BACKEND, "--reason", "exam").status == 0
    assert clone.gitops("rollback", *BACKEND, "--to", second[:9]).status == 0
    assert clone.deployed()["backend"] == second
    done = clone.gitops("student", "add", "ada", render=True)
    assert done.status == 0, done.err
    assert "targetRevision: deploy\n" in clone.read("k8s/argocd-applications/ada-application.yaml")
    assert clone.gitops("student", "remove", "ada").status == 0


def test_new_commits_of_main_come_with_the_next_change(clone: Protected) -> None:
    built(clone)
    clone.gitops("update")
    # Beside the very lines that gitops has changed, and in other files.
    clone.edit(kustomization(OWNER), "images:\n", "replicas:\n  - {name: backend, count: 2}\n\nimages:\n")
    clone.edit(kustomization(OWNER), "  # The page.\n", "  # The page, by nginx.\n")
    clone.merge("k8s/base/config.yaml", "kind: ConfigMap\n")
    commit = built(clone, "again")
    done = clone.gitops("update")
    assert done.status == 0, done.err
    overlay = clone.read(kustomization(OWNER))
    assert "count: 2" in overlay
    assert "# The page, by nginx." in overlay
    assert clone.read("k8s/base/config.yaml") == "kind: ConfigMap"
    assert clone.deployed()["backend"] == commit
    assert clone.read("backend/source.txt") == "again"


def test_manifests_come_without_anything_to_deploy(clone: Protected) -> None:
    clone.gitops("update")
    clone.merge("k8s/base/config.yaml", "kind: ConfigMap\n")
    done = clone.gitops("update")
    assert (done.status, "Nothing to do." in done.out) == (0, False)
    assert clone.read("k8s/base/config.yaml") == "kind: ConfigMap"
    clone.merge("k8s/base/config.yaml", None)
    clone.gitops("update")
    assert clone.read(APPLICATION)
    assert "config.yaml" not in clone.git("ls-tree", "-r", "--name-only", "origin/deploy")
    assert "Nothing to do." in clone.gitops("update").out


def test_a_workflow_that_changes_stops_nothing(clone: Protected) -> None:
    clone.merge(".github/workflows/ci.yml", "on: push\n")
    clone.gitops("update")
    clone.merge(".github/workflows/ci.yml", "on: pull_request\n")
    commit = built(clone)
    clone.merge(".github/workflows/ci.yml", "on: workflow_dispatch\n")
    done = clone.gitops("update")
    assert done.status == 0, done.err
    assert clone.deployed()["backend"] == commit
    assert "Nothing to do." in clone.gitops("update").out


def test_images_and_holds_that_a_pull_request_changes_are_taken_once(clone: Protected) -> None:
    first, second = built(clone, "one"), built(clone, "two")
    clone.merge("k8s/overlays/production/gitops.yaml", f"follows: {OWNER}\n")
    clone.gitops("update")
    clone.edit(kustomization("production"), f"sha-{NOBODY}", f"sha-{first}")
    clone.merge(f"k8s/overlays/{OWNER}/gitops.yaml", "holds:\n  backend:\n    reason: exam\n")
    built(clone, "three")
    clone.gitops("update")
    assert clone.deployed("production")["backend"] == first
    assert clone.deployed()["backend"] == second
    clone.gitops("release", *BACKEND)
    clone.gitops("promote", "--to", "production", "--component", "backend")
    clone.merge("notes.txt", "more")
    clone.gitops("update")
    assert clone.deployed("production")["backend"] == second
    assert clone.deployed()["backend"] != second


def test_a_conflict_between_people_is_named_and_nothing_is_pushed(clone: Protected) -> None:
    clone.gitops("update")
    path = "k8s/base/deployments.yaml"
    text = clone.on("main", path)
    clone.git("fetch", "--quiet", "origin", "deploy")
    clone.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
    (clone.path / path).write_text(text.replace("name: backend", "name: api"))
    clone.git("commit", "--quiet", "--all", "--message", "By hand")
    clone.git("push", "--quiet", "origin", "HEAD:deploy")
    clone.edit(path, "name: backend", "name: back-end")
    before = clone.commits()
    done = clone.gitops("update")
    assert (done.status, path in done.err, "git checkout origin/main -- FILE" in done.err) == (23, True, True), done.err
    assert clone.commits() == before
    clone.git("checkout", "--quiet", "origin/deploy")
    clone.git("checkout", "origin/main", "--", path)
    clone.git("commit", "--quiet", "--message", "As in main")
    clone.git("push", "--quiet", "origin", "HEAD:deploy")
    assert clone.gitops("update").status == 0
    assert "name: back-end" in clone.read(path)


def test_a_merge_by_hand_counts(clone: Protected) -> None:
    clone.gitops("update")
    clone.merge("notes.txt", "one")
    clone.gitops("update")
    clone.merge("notes.txt", "two")
    clone.git("fetch", "--quiet", "origin", "main", "deploy")
    clone.git("checkout", "--quiet", "--detach", "origin/deploy")
    clone.git("merge", "--quiet", "--strategy-option=theirs", "origin/main")
    clone.git("push", "--quiet", "origin", "HEAD:deploy")
    assert "Nothing to do." in clone.gitops("update").out
    clone.merge("notes.txt", "three")
    assert clone.gitops("update").status == 0
    assert clone.read("notes.txt") == "three"


def test_many_at_once_while_main_moves(clone: Protected, tmp_path: Path) -> None:
    commit = built(clone)
    clones = [another_clone(clone, tmp_path / f"clone-{number}", PERSON="") for number in range(3)]
    processes = [one.start("update", GITOPS_DEPLOY_BRANCH="deploy") for one in clones]
    for number in range(3):
        clone.merge("notes.txt", str(number))
    results = [(process.communicate()[1], process.returncode) for process in processes]
    assert [status for _, status in results] == [0] * 3, results
    assert clone.gitops("update").status == 0
    assert (clone.deployed()["backend"], clone.read("notes.txt")) == (commit, "2")
    subjects = clone.git("log", "--first-parent", "--format=%s", "origin/deploy").splitlines()
    assert len([subject for subject in subjects if subject.startswith("Deploy")]) == 1


def test_a_fork_deploys_beside_a_main_that_github_can_fast_forward(clone: Protected, tmp_path: Path) -> None:
    forked = built(clone, "upstream's")
    subprocess.run(["git", "clone", "--quiet", "--bare", tmp_path / "remote.git", tmp_path / "fork.git"], check=True)
    clone.git("clone", "--quiet", str(tmp_path / "fork.git"), str(tmp_path / "fork"))
    environment = {**clone.environment, "GITHUB_REPOSITORY": "Ada/Search"}
    fork = Protected(tmp_path / "fork", clone.registry, environment, "ada", "deploy")
    fork.build("backend", forked)
    assert fork.gitops("update").status == 0
    assert fork.deployed("ada")["backend"] == forked
    # Upstream, without a deploy branch, deploys on its main, and people change the overlay.
    assert clone.gitops("update", GITOPS_DEPLOY_BRANCH="", PERSON="yes").status == 0
    clone.edit(kustomization(OWNER), "images:\n", "commonAnnotations: {a: b}\n\nimages:\n")
    newest = clone.merge("backend/source.txt", "upstream's next")
    fork.git("pull", "--quiet", "--ff-only", str(tmp_path / "remote.git"), "main:main")
    fork.git("push", "--quiet", "origin", "main")
    fork.build("backend", newest)
    done = fork.gitops("update")
    assert done.status == 0, done.err
    assert fork.deployed("ada")["backend"] == newest
    assert "commonAnnotations: {a: b}" in fork.read(kustomization("ada"))
    assert OWNER not in fork.git("ls-tree", "-r", "--name-only", "origin/deploy", "k8s")


@pytest.mark.parametrize("name", ["-x", "a b", "a..b"])
def test_a_name_that_no_branch_can_have_is_refused(clone: Protected, name: str) -> None:
    done = clone.gitops("update", GITOPS_DEPLOY_BRANCH=name)
    assert (done.status, "No branch can have the name" in done.err) == (2, True), done.err
