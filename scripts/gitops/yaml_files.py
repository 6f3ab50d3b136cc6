"""YAML that keeps its comments, its order and its indentation when it is written again."""

import os
import tempfile
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from gitops import yaml_bounds
from gitops.errors import BadInput
from gitops.yaml_bounds import NotYaml

WIDEST_LINE = 4096


def read(path: Path) -> list[Any]:
    """The documents of a file; mappings and lists know their lines (`.lc`). Raises BadInput that names the line."""
    try:
        return _parse(path.read_text(encoding="utf-8"), path)
    except FileNotFoundError:
        raise BadInput(f"{path} does not exist.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8.", "Save it as UTF-8, and run this again.") from None


def read_mapping(path: Path) -> CommentedMap:
    """The only document of a file, which must be a mapping."""
    return _only_mapping(read(path), path)


def parse_mapping(text: str, where: object) -> CommentedMap:
    return _only_mapping(_parse(text, where), where)


def documents(text: str) -> list[Any]:
    """The documents in a text. Raises NotYaml."""
    yaml_bounds.check(text)
    try:
        return list(_yaml().load_all(text))
    except MarkedYAMLError as error:
        raise NotYaml(error.problem_mark.line + 1 if error.problem_mark else 1, str(error.problem)) from error
    # ruamel.yaml lets some errors through, such as that of a date in the 13th month.
    except (YAMLError, AttributeError, RecursionError, ValueError) as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise NotYaml(line, " ".join(str(error).split())) from error


def _parse(text: str, where: object) -> list[Any]:
    try:
        return documents(text)
    except NotYaml as error:
        what = f"{where} is not valid YAML: line {error.line}: {error.problem}"
        raise BadInput(what, "Correct it, and try again.") from error


def _only_mapping(documents: list[Any], where: object) -> CommentedMap:
    if len(documents) != 1 or not isinstance(documents[0], CommentedMap):
        raise BadInput(f"{where} should hold one YAML mapping.", "Correct it, and run this again.")
    return documents[0]


def write(path: Path, document: CommentedMap) -> None:
    """Replaces the file in one step, in its own indentation: a reader sees all of the old text or all of the new."""
    text = StringIO()
    yaml = _yaml()
    if path.exists():
        old = path.read_text(encoding="utf-8")
        yaml.explicit_start = old.startswith("---")
        yaml.indent(mapping=2, **_list_indent(old))
    yaml.dump(document, text)
    replace(path, text.getvalue())


def replace(path: Path, text: str) -> None:
    """Writes a whole file in one step. Raises BadInput when something else is in its place."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    except (FileExistsError, NotADirectoryError):
        raise BadInput(
            f"{path} cannot be written: a folder on the way to it is a file, or a symbolic link.",
            "Remove it from the repository, and run this again.",
        ) from None
    new = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        new.chmod(path.stat().st_mode if path.exists() else 0o644)
        new.replace(path)
    except BaseException:
        new.unlink()
        raise


def quoted(text: str) -> str:
    """Text from a person, which without quotes might read as a number, a date or a comment."""
    return str.__new__(DoubleQuotedScalarString, text)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = WIDEST_LINE
    return yaml


def _list_indent(text: str) -> dict[str, int]:
    """How far the file's lists are indented: "- x" under its key, or two columns in."""
    lines = text.splitlines()
    for key, item in pairwise(lines):
        if key.rstrip().endswith(":") and not key.startswith((" ", "#")) and item.lstrip().startswith("- "):
            offset = len(item) - len(item.lstrip())
            return {"sequence": offset + 2, "offset": offset}
    return {"sequence": 4, "offset": 2}
