"""An incident's file says in one message what is wrong with it."""

from pathlib import Path

import pytest

from gitops.errors import BadInput
from gitops.practice import answers, diffs, incident_file
from gitops.practice.diffs import Diff
from tests.gitops.support.sandbox import ROOT

CLOSED_DOOR = (ROOT / "scripts/gitops/practice/incidents/closed-door.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("---\ntitle", "title", "does not begin with front matter"),
        ("level: 2", "level: 5", "no layer 'network', or no level 5"),
        ("layer: network", "layer: magic", "no layer 'magic', or no level 2"),
        ("minutes: 15", "minutes: soon", "'minutes' is missing, or not of the type int"),
        ("minutes: 15", "minuets: 15", "'minuets' is not a field"),
        ("level: 2", "level: [", "not valid YAML"),
        ("title: {en: A closed door, ja: 閉じた扉}", "title: {en: A closed door}", "'ja' is missing"),
        ("## Hint", "## Hints", "there are 0 sections «## Hint»"),
        ("## Ticket", "## Tickets", "not a section"),
        ("## Look", "## Lesson", "there are 2 sections «## Lesson»"),
        ("### 日本語", "### Japanese", "needs «### English» and «### 日本語»"),
        ("### Fault", "### Mistake", "is not part of a Change"),
        ("```diff", "```yaml", "has no diff"),
        ("--- k8s/", "--- /etc/", "is not a line of a diff"),
        ("    path: [metadata", "    where: [metadata", "an item of keep is not as it should be"),
        ("    path: [metadata", "    least: lots\n    path: [metadata", "'least': 'lots' is not a quantity"),
    ],
)
def test_what_is_wrong_with_an_incident_file_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "door.md"
    file.write_text(CLOSED_DOOR.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput) as error:
        incident_file.read_incident(file)
    assert said in error.value.what
    assert str(file) in error.value.what


def test_a_file_that_is_too_long_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "door.md"
    file.write_text(CLOSED_DOOR + " " * incident_file.LARGEST, encoding="utf-8")
    with pytest.raises(BadInput, match="more than"):
        incident_file.read_incident(file)


def test_a_heading_within_a_fence_is_none(tmp_path: Path) -> None:
    file = tmp_path / "answers.md"
    file.write_text("## Right: it\n\n```diff\n--- k8s/a.yaml\n+## Wrong: not one\n```\n", encoding="utf-8")
    assert answers.read(file) == [answers.Answer("it", (Diff("k8s/a.yaml", "", "## Wrong: not one\n"),))]


def test_an_answer_says_whether_it_is_right(tmp_path: Path) -> None:
    file = tmp_path / "answers.md"
    file.write_text("## Perhaps: it\n", encoding="utf-8")
    with pytest.raises(BadInput, match="is not an answer"):
        answers.read(file)


@pytest.mark.parametrize(
    ("files", "said"),
    [({"k8s/a": "x\n"}, "0 times"), ({"k8s/a": "a\na\n"}, "2 times"), ({}, "no k8s/a to change")],
)
def test_a_change_applies_exactly_once(files: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        diffs.apply(files, [Diff("k8s/a", "a\n", "b\n")], "local")


def test_a_change_is_made_for_an_overlay() -> None:
    change = Diff("k8s/overlays/{overlay}/a", "name: {overlay}\n", "name: other\n")
    assert diffs.apply({"k8s/overlays/ada/a": "name: ada\n"}, [change], "ada") == {
        "k8s/overlays/ada/a": "name: other\n"
    }


def test_a_file_is_made_and_taken_away() -> None:
    made = diffs.apply({}, [Diff("k8s/a", "", "a\n")], "local")
    assert made == {"k8s/a": "a\n"}
    assert diffs.apply(made, [Diff("k8s/a", "a\n", "")], "local") == {}
