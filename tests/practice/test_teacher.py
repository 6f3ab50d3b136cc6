"""A teacher's day: a class of thirty opens, some work, the report says who is where, and the class closes."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest

from gitops.git.client import Git
from gitops.practice import own, progress, verdicts
from gitops.practice.check import Failure, Judgement
from gitops.practice.trees import Trees
from gitops.text import Text
from tests.practice.school import Desk, new_desk, new_school

WORKING = ("ada", "bob", "cleo", "dan", "eve")
STUDENTS = (*WORKING, *(f"student-{number:02}" for number in range(6, 31)))
BASE = "k8s/base/backend.yaml"
POLICY = "k8s/components/network-policy/backend.yaml"
KUSTOMIZATION = "k8s/components/network-policy/kustomization.yaml"
SET = "k8s/argocd-applications/class/applicationset.yaml"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_school(tmp_path_factory.mktemp("school"), *STUDENTS)


@pytest.fixture
def teacher(empty: Path, tmp_path: Path) -> Desk:
    return new_teacher(empty, tmp_path)


def new_teacher(empty: Path, folder: Path) -> Desk:
    school = folder / "school.git"
    desk = new_desk(empty, folder, "teacher")
    desk.git("clone", "--quiet", "--bare", str(empty), str(school))
    desk.git("remote", "set-url", "origin", str(school))
    (desk.path.parent / "students.csv").write_text("name\n" + "".join(f"{name}\n" for name in STUDENTS))
    return desk


def open_class(teacher: Desk) -> None:
    done = teacher.practice("open", "--file", str(teacher.path.parent / "students.csv"))
    assert (done.status, done.err) == (0, "")


@pytest.fixture(scope="module")
def opened_school(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    teacher = new_teacher(empty, tmp_path_factory.mktemp("opened"))
    open_class(teacher)
    return teacher.path.parent / "school.git"


@pytest.fixture
def opened(opened_school: Path, tmp_path: Path) -> Desk:
    """The desk of a teacher who has opened the class."""
    return new_teacher(opened_school, tmp_path)


def remote_branches(desk: Desk) -> set[str]:
    return {line.split("refs/heads/")[1] for line in desk.git("ls-remote", "--heads", "origin").splitlines()}


def work(
    teacher: Desk, name: str, *steps: tuple[str, str, str], begun: str = "", incident: str = "closed-door"
) -> None:
    """A student begins an incident, now or at a time, and commits each change."""
    desk = new_desk(teacher.path.parent / "school.git", teacher.path.parent / "desks", name)
    when = {"GIT_COMMITTER_DATE": begun} if begun else {}
    assert desk.practice("start", incident, "--overlay", name, "--variant", "1", **when).status == 0
    for path, old, new in steps:
        desk.edit(path, old, new)
        desk.commit("Change the policy")
    desk.git("push", "--quiet", "origin", f"practice/{name}")


RIGHT = (POLICY, "- port: 8080", "- port: 8000")
WRONG = (KUSTOMIZATION, "  - default-deny.yaml\n", "")


def test_a_class_opens_in_one_command_and_closes_with_nothing_left(teacher: Desk) -> None:
    before = teacher.git("rev-parse", "origin/main^{tree}")
    open_class(teacher)
    assert remote_branches(teacher) == {"main", *(f"practice/{name}" for name in (*STUDENTS, "satomichi"))}
    teacher.git("fetch", "--quiet")
    assert "targetRevision: 'practice/{{ .path.basename }}'" in teacher.git("show", f"origin/main:{SET}")
    changed = teacher.git("diff", "--stat", "origin/main~1", "origin/main")
    assert "1 insertion(+), 1 deletion(-)" in changed
    done = teacher.practice("close", "--delete-branches")
    assert (done.status, f"{len(STUDENTS) + 1} branches were removed" in done.out) == (0, True)
    teacher.git("fetch", "--quiet")
    assert teacher.git("rev-parse", "origin/main^{tree}") == before
    assert remote_branches(teacher) == {"main"}


def test_opening_again_keeps_what_students_have_done(opened: Desk) -> None:
    work(opened, "ada", RIGHT)
    there = opened.git("ls-remote", "origin", "refs/heads/practice/ada")
    open_class(opened)
    assert opened.git("ls-remote", "origin", "refs/heads/practice/ada") == there
    assert "are kept" in opened.practice("close").out
    assert opened.git("ls-remote", "origin", "refs/heads/practice/ada") == there


def test_students_without_an_overlay_are_named_and_nothing_is_opened(teacher: Desk, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("name\nada\nzoe\n")
    done = teacher.practice("open", "--file", str(tmp_path / "more.csv"))
    assert (done.status, "no overlay for zoe" in done.err) == (2, True)
    assert remote_branches(teacher) == {"main"}


def test_a_branch_that_takes_the_name_of_the_students_folder_is_named_and_nothing_is_opened(teacher: Desk) -> None:
    teacher.git("push", "--quiet", "origin", "HEAD:refs/heads/practice")
    done = teacher.practice("open", "--file", str(teacher.path.parent / "students.csv"))
    assert (done.status, "A branch is called 'practice'" in done.err) == (2, True)
    assert remote_branches(teacher) == {"main", "practice"}


@pytest.fixture(scope="module")
def worked(opened_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A class at work on three incidents: some are right, some wrong, one has not tried. Tests push nothing there."""
    teacher = new_teacher(opened_school, tmp_path_factory.mktemp("day"))
    work(teacher, "ada", WRONG, (KUSTOMIZATION, "resources:\n", "resources:\n  - default-deny.yaml\n"), RIGHT)
    work(teacher, "bob", RIGHT, WRONG)
    work(teacher, "cleo", begun="2026-01-01T09:00:00Z")
    work(teacher, "dan", (BASE, "back-end", "nobody"), incident="nobody-home")
    work(teacher, "eve", (BASE, "path: /ready\n", "path: /readyz\n"), incident="never-ready")
    return teacher


def test_the_report_says_how_far_everyone_is_and_what_is_missed_most_often(worked: Desk) -> None:
    rows = {row["student"]: row for row in json.loads(worked.practice("report", "--format", "json").out)["rows"]}
    assert {name: (row["verdict"], row["commits"]) for name, row in rows.items()} == {
        "ada": ("solved", 3),
        "bob": ("solved", 1),
        "cleo": ("open", 0),
        "dan": ("open", 1),
        "eve": ("solved", 1),
    }
    failing = {failure["requirement"] for failure in rows["cleo"]["failures"]}
    assert "callers-reach-what-they-call" in failing
    assert (rows["ada"]["alike"], rows["bob"]["alike"], rows["cleo"]["alike"]) == (["bob"], ["ada"], [])
    assert {name for name, row in rows.items() if row["stuck"]} == {"cleo"}
    text = worked.practice("report").out
    assert "closed-door: 1 of 3 miss callers-reach-what-they-call" in text


def test_a_stranger_in_a_branch_is_named(opened: Desk) -> None:
    work(opened, "ada", WRONG, (KUSTOMIZATION, "resources:\n", "resources:\n  - default-deny.yaml\n"))
    bob = new_desk(opened.path.parent / "school.git", opened.path.parent / "desks", "bob")
    bob.git("switch", "--quiet", "practice/ada")
    bob.edit(*RIGHT)
    bob.commit("Help ada")
    bob.git("push", "--quiet")
    [row] = json.loads(opened.practice("report", "--format", "json").out)["rows"]
    assert row["authors"] == ["bob@example.org"]


def test_every_format_holds_every_student(worked: Desk) -> None:
    for form in ("text", "csv", "json", "github", "html"):
        out = worked.practice("report", "--format", form).out
        assert [name for name in WORKING if name not in out] == []
    rows = list(csv.DictReader(StringIO(worked.practice("--lang", "ja", "report", "--format", "csv").out)))
    assert [row["状態"] for row in rows] == ["解決", "解決", "対応中", "対応中", "解決"]


def test_the_page_runs_nothing_and_loads_nothing(worked: Desk) -> None:
    page = worked.practice("report", "--format", "html").out
    assert "<script" not in page
    assert "http" not in page.replace('<meta http-equiv="Content-Security-Policy"', "")
    assert "default-src 'none'" in page


def test_a_class_that_has_worked_closes_with_nothing_left(worked: Desk, tmp_path: Path) -> None:
    school = tmp_path / "school.git"
    worked.git("clone", "--quiet", "--mirror", str(worked.path.parent / "school.git"), str(school))
    teacher = new_desk(school, tmp_path, "teacher")
    assert "ada" in teacher.practice("report").out
    assert teacher.practice("close", "--delete-branches").status == 0
    teacher.git("pull", "--quiet", "--prune")
    assert remote_branches(teacher) == {"main"}
    assert teacher.git("diff", "--stat", "HEAD~2", "HEAD") == ""
    assert teacher.git("status", "--porcelain", "--ignored") == ""


def test_what_was_judged_once_is_not_judged_again(worked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = worked.practice("report", "--format", "json").json["rows"]
    with monkeypatch.context() as patch:
        patch.setattr(progress, "check", lambda *_: pytest.fail("it was judged again"))
        again = worked.practice("report", "--format", "json").json["rows"]
    for row in (*first, *again):
        del row["minutes"]
    assert again == first
    assert worked.git("status", "--porcelain", "--ignored") == ""


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"key": 3}', '{"key": [[]]}'])
def test_judgements_that_are_not_as_they_were_written_are_reached_again(tmp_path: Path, text: str) -> None:
    git = Git(tmp_path)
    git.run("init", "--quiet")
    judgement = Judgement((Failure("purpose", Text("what for", "目的"), ("a", "b")),))
    (tmp_path / ".git/gitops-practice-verdicts.json").write_text(text)
    known = verdicts.kept(git)
    assert known.get("key") is None
    known.put("key", judgement)
    known.save()
    assert verdicts.kept(git).get("key") == judgement


def test_the_judgements_that_are_kept_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "MOST", 2)
    for names in ("ab", "ac"):
        known = verdicts.Verdicts(tmp_path / "verdicts.json", verdicts._read(tmp_path / "verdicts.json"))
        for name in names:
            if known.get(name) is None:
                known.put(name, Judgement(()))
        known.save()
    assert verdicts._read(tmp_path / "verdicts.json").keys() == {"a", "c"}


def test_one_slow_branch_keeps_no_other_from_being_judged(opened: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """kustomize compares each object with all others, so that a small file is slow; what was judged is shown again."""
    work(opened, "ada", RIGHT)
    work(opened, "bob", *((KUSTOMIZATION, "resources:\n", f"resources:\n  - slow-{number}.yaml\n") for number in "ab"))
    bob = Desk(opened.path.parent / "desks/bob", opened.environment)
    for number in "ab":
        objects = (f"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a{index}}}\n" for index in range(300))
        (bob.path / "k8s/components/network-policy" / f"slow-{number}.yaml").write_text("".join(objects))
        bob.commit("Add much")
    bob.git("push", "--quiet", "origin", "practice/bob")
    monkeypatch.setattr(progress, "LONGEST_ATTEMPT", 0.05)
    rows = {row["student"]: row for row in opened.practice("report", "--format", "json").json["rows"]}
    assert [failure["requirement"] for failure in rows["bob"]["failures"]] == ["judged-in-time"]
    assert rows["ada"]["verdict"] == "solved"
    monkeypatch.setattr(progress, "LONGEST_COMMAND", 0)
    rows = {row["student"]: row["verdict"] for row in opened.practice("report", "--format", "json").json["rows"]}
    assert rows == {"ada": "solved", "bob": "open"}


def test_what_a_student_writes_is_shown_as_text(opened: Desk) -> None:
    work(opened, "ada", WRONG)
    ada = Desk(opened.path.parent / "desks/ada", opened.environment)
    ada.edit(KUSTOMIZATION, "resources:\n", "resources: ['https://<script>alert(1)</script>']\nold:\n")
    ada.commit("Attack", "--author", "=cmd()<b>\x1b[31m <x@y>")
    ada.git("push", "--quiet", "origin", "practice/ada")
    for form in ("text", "csv", "github", "html", "json"):
        out = opened.practice("report", "--format", form).out
        assert form == "json" or "<script>" not in out
        assert "\x1b" not in out


@pytest.mark.parametrize("date", ["253402300800 +0000", "1700000000 +9999", "never"])
def test_a_commit_without_a_valid_date_stops_no_report(opened: Desk, date: str) -> None:
    work(opened, "ada", RIGHT)
    work(opened, "bob", WRONG)
    bob = Desk(opened.path.parent / "desks/bob", opened.environment)
    text = re.sub(r"(?m)^(author|committer) .*", rf"\1 bob <b@example.org> {date}", bob.git("cat-file", "-p", "HEAD"))
    (bob.path / "commit").write_text(f"{text}\n")
    made = bob.git("hash-object", "-t", "commit", "-w", "--literally", "commit")
    bob.git("push", "--quiet", "--force", "origin", f"{made}:practice/bob")
    rows = opened.practice("report", "--format", "json").json["rows"]
    assert {row["student"]: row["verdict"] for row in rows} == {"ada": "solved", "bob": "open"}


def test_before_anybody_has_begun_the_report_says_so(opened: Desk) -> None:
    assert opened.practice("report").out == "Nobody has begun an incident.\n"


def test_students_with_equal_manifests_are_judged_once(teacher: Desk) -> None:
    manifests = Trees(Git(teacher.path)).manifests(teacher.git("rev-parse", "HEAD^{tree}"))
    ada, bob = (own.anonymous(own.files(manifests, name), name) for name in ("ada", "bob"))
    assert ada == bob
    assert own.files(manifests, "ada") != own.files(manifests, "bob")
