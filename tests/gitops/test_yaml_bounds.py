"""YAML that is small to write and endless to read is refused, with its line, before anything is built of it."""

import time
from pathlib import Path

import pytest

from gitops import yaml_files
from gitops.errors import BadInput
from gitops.manifests import objects
from gitops.yaml_bounds import DEEPEST, LARGEST, MOST_COPIES, MOST_VALUES, NotYaml, check

LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 30))


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (LAUGHS, 5, f"repeat more than {MOST_COPIES} values"),
        ("a:\n  " + "[" * 30_000, 2, f"nested deeper than {DEEPEST} levels"),
        ("a:\n  " + "- " * 30_000, 2, f"nested deeper than {DEEPEST} levels"),
        ("a: &a [*a]", 1, "stands for nothing, or for what holds it"),
        ("a: *b", 1, "stands for nothing"),
        ("a:\n- [" + "a," * MOST_VALUES + "]", 2, f"more than {MOST_VALUES} values"),
        ("#" * (LARGEST + 1), 1, f"more than {LARGEST} characters"),
        ("a: [", 1, "did not find expected node content"),
    ],
    ids=range(8),
)
@pytest.mark.parametrize("read", [check, yaml_files.documents, objects.parse])
def test_yaml_without_an_end_is_refused_at_once(read: object, text: str, line: int, problem: str) -> None:
    assert callable(read)
    before = time.monotonic()
    with pytest.raises(NotYaml) as raised:
        read(text)
    assert time.monotonic() - before < 10
    assert (raised.value.line, problem in raised.value.problem) == (line, True), raised.value


def test_anchors_of_a_usual_size_are_read() -> None:
    check("base: &base {a: [1, 2]}\none: *base\ntwo: {<<: *base}\n---\nbase: &base 1\n")


@pytest.mark.parametrize(("kind", "message"), [("large", "more than"), ("folder", "cannot be read: Is a directory")])
def test_a_file_that_cannot_be_read_is_one_message(tmp_path: Path, kind: str, message: str) -> None:
    file = tmp_path / "kustomization.yaml"
    if kind == "folder":
        file.mkdir()
    else:
        file.write_text("#" * (2 * LARGEST))
    with pytest.raises(BadInput, match=message):
        yaml_files.read(file)


def test_a_conflict_marker_of_git_is_named_by_its_line() -> None:
    text = "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> upstream/main\n"
    with pytest.raises(NotYaml, match="line 2: it has the marks of a merge conflict"):
        check(text)
