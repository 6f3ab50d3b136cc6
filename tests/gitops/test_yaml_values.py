"""The fast reader gives the same values and lines as the reader that keeps comments."""

from typing import Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from gitops import yaml_files
from gitops.yaml_bounds import NotYaml
from gitops.yaml_values import Literal, Mapping, Sequence
from tests.gitops.support.sandbox import ROOT

# YAML 1.1 has another opinion of most of these.
_SCALARS = (
    *("on", "off", "yes", "no", "y", "N", "true", "False", "null", "~", "", "=", "'on'", '"12"'),
    *(
        "010",
        "08",
        "0o17",
        "0x1F",
        "0b101",
        "1_000",
        "+5",
        "-7",
        "12:30",
        "190:20:30",
        "123456789012345678901234567890",
    ),
    *("1e3", "1.5", "1.", ".5", "-.inf", "1.10", "12e03", "0123456", "sha256:00", "2020-01-01", "2020-1-1", "1.2.3"),
)
_FILES = sorted(path for folder in ("k8s", ".github") for path in (ROOT / folder).rglob("*.y*ml"))


@pytest.mark.parametrize("scalar", _SCALARS)
def test_a_scalar_is_what_yaml_1_2_says(scalar: str) -> None:
    text = f"a: {scalar}\n"
    value = yaml_files.documents(text)[0]["a"]
    if scalar == "=":  # a tag of YAML 1.1, which the writer keeps as a tag
        assert value == "="
    else:
        assert (value, str(value)) == ((same := YAML(typ="rt").load(text)["a"]), str(same))


@pytest.mark.parametrize("path", _FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_values_and_lines_are_those_of_the_reader_that_keeps_comments(path: Any) -> None:
    text = path.read_text()
    assert _located(yaml_files.documents(text)) == _located(list(YAML(typ="rt").load_all(text)))


def test_merged_keys_are_there_and_own_ones_win() -> None:
    text = "base: &base {a: 1, b: 2}\nown: {<<: *base, b: 3}\nsame: {<<: [*base], c: 4}\n"
    assert yaml_files.documents(text)[0] == {
        "base": {"a": 1, "b": 2},
        "own": {"a": 1, "b": 3},
        "same": {"a": 1, "b": 2, "c": 4},
    }


def test_unknown_tags_change_nothing() -> None:
    assert yaml_files.documents("{a: !env HOME, b: !!python/name:os.system x, c: !l [1], d: !m {e: 2}}") == [
        {"a": "HOME", "b": "x", "c": [1], "d": {"e": 2}}
    ]


def test_text_that_keeps_its_lines_is_known() -> None:
    document = yaml_files.documents("a: |\n  x\nb: >\n  x\n")[0]
    assert [isinstance(document[key], Literal) for key in "ab"] == [True, False]


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3\n", "x:\n  a: 1\n  a: 1\n", "{a: 1, 'a': 2}"])
def test_a_key_that_stands_there_twice_is_refused(text: str) -> None:
    with pytest.raises(NotYaml, match="duplicate key"):
        yaml_files.documents(text)


def _located(value: Any) -> Any:
    """A value of either reader, with the lines of its keys and items."""
    match value:
        case CommentedMap():
            return [(key, value.lc.key(key)[0], _located(child)) for key, child in value.items()]
        case Mapping():
            return [(key, value.lines[key], _located(child)) for key, child in value.items()]
        case CommentedSeq():
            return [(value.lc.item(i)[0], _located(child)) for i, child in enumerate(value)]
        case Sequence():
            return [(line, _located(child)) for line, child in zip(value.lines, value, strict=True)]
        case list():
            return [_located(child) for child in value]
    return value
