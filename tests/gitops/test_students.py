"""A class: added at once, refused with reasons, taken away again."""

import re
import shlex
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from gitops.git.repository import from_url
from tests.conftest import need
from tests.gitops.support.sandbox import OWNER, ROOT, Clone, another_clone, kustomization


def files(clone: Clone) -> list[str]:
    clone.git("fetch", "--quiet")
    return clone.git("ls-tree", "-r", "--name-only", "origin/main").splitlines()


def test_a_student_gets_an_overlay_an_application_and_a_project(clone: Clone) -> None:
    need("kustomize", "kustomize")
    done = clone.gitops("student", "add", "ada", render=True)
    assert done.status == 0, done.err
    overlay = YAML(typ="safe").load(clone.read(kustomization("ada")))
    application = YAML(typ="safe").load(clone.read("k8s/argocd-applications/ada-application.yaml"))
    namespace, project = YAML(typ="safe").load_all(clone.read("k8s/argocd-applications/class/ada.yaml"))
    assert (
        overlay["namespace"]
        == application["spec"]["destination"]["namespace"]
        == namespace["metadata"]["name"]
        == "ada"
    )
    assert "../../components/class-quota" in overlay["components"]
    assert overlay["labels"] == [{"pairs": {"gutenberg-search/student": "ada"}}]
    assert application["metadata"]["name"] == project["metadata"]["name"] == "gutenberg-search-ada"
    assert application["spec"]["source"]["path"] == "k8s/overlays/ada"
    assert project["spec"]["destinations"] == [{"server": "https://kubernetes.default.svc", "namespace": "ada"}]
    source = from_url(application["spec"]["source"]["repoURL"])
    assert source
    assert project["spec"]["sourceRepos"] == [source.forks]


def test_a_student_runs_from_the_first_commit_what_an_update_would_write(clone: Clone) -> None:
    built = {part: clone.build(part, clone.commit(part)) for part in ("backend", "frontend")}
    assert clone.gitops("student", "add", "ada").status == 0
    assert clone.digests("ada") == built
    assert clone.gitops("update", "--overlay", "ada").out.endswith("Nothing to do.\n")


def test_a_student_is_added_though_the_registry_does_not_answer(clone: Clone) -> None:
    done = clone.gitops("student", "add", "ada", GITOPS_REGISTRY="127.0.0.1:9")
    assert done.status == 0, done.err
    assert "ada: add (the next update writes the images: 127.0.0.1:9" in done.out
    assert clone.deployed("ada") == {"backend": "0" * 40, "frontend": "0" * 40}


def test_a_class_of_300_is_one_commit_and_adding_it_again_none(clone: Clone, tmp_path: Path) -> None:
    names = [f"{number:08}" for number in range(1, 301)]
    (tmp_path / "students.csv").write_text("group,name\n" + "".join(f"A,{name}\n" for name in names))
    commits = len(clone.commits())
    add = ("student", "add", "--file", str(tmp_path / "students.csv"))
    assert clone.gitops(*add).status == 0
    assert len(clone.commits()) == commits + 1
    assert len([path for path in files(clone) if path.startswith("k8s/overlays/0")]) == 300
    assert YAML(typ="safe").load(clone.read(kustomization("00000007")))["namespace"] == "00000007"
    assert clone.gitops(*add).status == 0
    assert len(clone.commits()) == commits + 1


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_the_files_that_the_readme_applies_have_the_students_it_added(
    clone: Clone, tmp_path: Path, readme: str
) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    block = re.search(r"^gitops student add(?:.*\n)+?kubectl.*$", text, re.MULTILINE)
    assert block
    teacher = another_clone(clone, tmp_path / "teacher")
    (teacher.path / "students.csv").write_text("name\nada\n")
    *commands, (*_, applied) = map(shlex.split, block[0].splitlines())
    for program, *words in commands:
        _ = teacher.gitops(*words) if program == "gitops" else teacher.git(*words)
    assert (teacher.path / applied / "ada.yaml").exists()


def test_adding_a_student_again_does_not_reset_what_runs(clone: Clone) -> None:
    clone.gitops("student", "add", "ada")
    commit = clone.commit("backend")
    clone.build("backend", commit)
    clone.gitops("update")
    clone.gitops("student", "add", "ada", "bob")
    assert clone.deployed("ada")["backend"] == commit


def test_removing_takes_away_all_that_was_added_and_nothing_else(clone: Clone) -> None:
    before = files(clone)
    clone.gitops("student", "add", "ada", "bob")
    for _ in range(2):
        assert clone.gitops("student", "remove", "ada", "bob").status == 0
        assert files(clone) == before


@pytest.mark.parametrize("command", ["add", "remove"])
def test_an_overlay_that_is_no_students_is_not_touched(clone: Clone, command: str) -> None:
    before = clone.commits()
    done = clone.gitops("student", command, OWNER)
    assert (done.status, clone.commits()) == (2, before)
    assert "is no student's" in done.err


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Ada", "'ada' would do"),
        ("ada_l", "a namespace is a DNS label"),
        ("-ada", "a namespace is a DNS label"),
        ("ada.l", "a namespace is a DNS label"),
        ("愛", "a namespace is a DNS label"),
        ("../up", "a namespace is a DNS label"),
        ("a" * 47, "it has 47 characters"),
        ("kube-system", "it is reserved"),
        ("production", "it is reserved"),
        ("applicationset", "it is reserved"),
    ],
)
def test_a_name_that_would_be_refused_later_is_refused_now(clone: Clone, name: str, why: str) -> None:
    before = clone.commits()
    done = clone.gitops("student", "add", "bob", "--", name)
    assert (done.status, clone.commits()) == (2, before)
    assert why in done.err


def test_all_that_is_wrong_with_a_list_is_told_at_once(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "students.csv").write_text("name\nAda\nbob\nbob\n_\n")
    error = clone.gitops("student", "add", "--file", str(tmp_path / "students.csv")).err
    assert all(word in error for word in ("'Ada' cannot", "'bob' is there 2 times", "'_' cannot"))


@pytest.mark.parametrize(
    ("content", "why"), [(b"student\nada\n", "no column `name`"), (b"name\n\xff\n", "cannot be read")]
)
def test_a_list_that_cannot_be_read_says_why(clone: Clone, tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "students.csv").write_bytes(content)
    done = clone.gitops("student", "add", "--file", str(tmp_path / "students.csv"))
    assert (done.status, why in done.err) == (2, True)
    assert clone.gitops("student", "add").status == 2


def test_a_refusal_of_the_system_is_one_message(clone: Clone) -> None:
    assert clone.gitops("student", "add", "ada").status == 0
    clone.pull()
    application = clone.path / "k8s/argocd-applications/ada-application.yaml"
    application.unlink()
    application.mkdir()
    (application / "README.md").write_text("a folder in the place of a file\n")
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "--message", "Put a folder there")
    clone.git("push", "--quiet", "origin", "HEAD:main")
    done = clone.gitops("student", "remove", "ada")
    assert done.status == 1
    assert done.err.startswith("error: Is a directory: ")
    assert "ada-application.yaml" in done.err


def test_without_git_it_is_said_that_there_is_none(clone: Clone) -> None:
    done = clone.gitops("status", PATH="/nonexistent")
    assert (done.status, "There is no git on PATH." in done.err) == (20, True)
