"""YAML files: read fast, as values that know their lines; or to be edited, with comments, order and indentation."""

import contextlib
import os
import re
import tempfile
from collections.abc import Sequence
from functools import reduce
from io import StringIO
from itertools import pairwise
from operator import getitem
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from yaml import MarkedYAMLError, YAMLError

from gitops import yaml_bounds, yaml_splice, yaml_values
from gitops.errors import BadInput
from gitops.files import regular
from gitops.yaml_bounds import LARGEST, NotYaml
from gitops.yaml_values import Mapping

WIDEST_LINE = 4096
# What is not UTF-8 is written again as it was read.
_AS_IT_IS = "surrogateescape"
_TEXT = re.compile(r"(?!(?i:null|true|false|yes|no|on|off|y|n)$)[A-Za-z][\w./-]*")


def under(folder: Path) -> list[Path]:
    """Every YAML file in the folder, under any of the names that kustomize and Argo CD read."""
    files = (path for pattern in ("*.yaml", "*.yml", "Kustomization") for path in folder.rglob(pattern))
    return sorted(path for path in files if path.is_file())


def read(path: Path) -> list[Any]:
    """The documents of a file. Raises BadInput that names the line."""
    return _parse(_text(path), path)


def read_mapping(path: Path) -> Mapping:
    """The only document of a file, which must be a mapping."""
    return parse_mapping(_text(path), path)


def parse_mapping(text: str, where: object) -> Mapping:
    documents = _parse(text, where)
    if len(documents) != 1 or not isinstance(documents[0], Mapping):
        raise BadInput(f"{_shown(where)} should hold one YAML mapping.", "Correct it, and run this again.")
    return documents[0]


def edit_mapping(path: Path) -> CommentedMap:
    """The same as read_mapping, but made to be written again with its comments."""
    text = _text(path)
    parse_mapping(text, path)
    mapping: CommentedMap = _yaml().load(text)
    return mapping


def documents(text: str) -> list[Any]:
    """The documents in a text. Raises NotYaml."""
    yaml_bounds.check(text)
    try:
        return yaml_values.load_all(text)
    except MarkedYAMLError as error:
        raise NotYaml(error.problem_mark.line + 1 if error.problem_mark else 1, str(error.problem)) from error
    # A date in the 13th month is no YAMLError.
    except (YAMLError, ValueError) as error:
        raise NotYaml(1, " ".join(str(error).split())) from error


def _parse(text: str, where: object) -> list[Any]:
    try:
        return documents(text)
    except NotYaml as error:
        what = f"{_shown(where)} is not valid YAML: line {error.line}: {error.problem}"
        raise BadInput(what, "Correct it, and try again.") from error


def _text(path: Path) -> str:
    try:
        with open(path, encoding="utf-8", opener=regular) as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise BadInput(f"{_shown(path)} does not exist.") from None
    except OSError as error:
        what = f"{_shown(path)} cannot be read: {error.strerror}."
        raise BadInput(what, "Put a file there, and run this again.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{_shown(path)} is not UTF-8.", "Save it as UTF-8, and run this again.") from None


def change(path: Path, changes: dict[yaml_splice.Path, str]) -> None:
    """Writes values at these paths of keys and indices."""
    text = _text(path)
    if new := yaml_splice.spliced(text, changes):
        replace(path, new)
        return
    document: Any = edit_mapping(path)
    for (*steps, last), value in changes.items():
        reduce(getitem, steps, document)[last] = value
    write(path, document)


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


def substitute(path: Path, replacements: Sequence[tuple[str, str]]) -> None:
    """Replaces what matches each pattern, where a text as a whole can be written anew and no key has to be found.

    What is too large to be read as YAML stays as it is.
    """
    with open(path, encoding="utf-8", errors=_AS_IT_IS, newline="", opener=regular) as file:
        old = new = file.read(LARGEST + 1)
    if len(old) > LARGEST:
        return
    for pattern, replacement in replacements:
        new = re.sub(pattern, replacement.replace("\\", r"\\"), new)
    if new != old:
        replace(path, new)


def replace(path: Path, text: str) -> None:
    """Writes a whole file in one step. Raises BadInput when something else is in its place."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    except (FileExistsError, NotADirectoryError):
        raise BadInput(
            f"{_shown(path)} cannot be written: a folder on the way to it is a file, or a symbolic link.",
            "Remove it from the repository, and run this again.",
        ) from None
    new = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors=_AS_IT_IS, newline="\n") as file:
            file.write(text)
        new.chmod(path.stat().st_mode if path.exists() else 0o644)
        new.replace(path)
    except BaseException:
        new.unlink()
        raise


def remove(path: Path) -> None:
    """Removes a file that may be missing, with the folders on the way to it or without."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()


def _shown(where: object) -> object:
    """A file's path in its repository, and not in the working tree of its own that gitops makes its commits in."""
    folders = where.parents if isinstance(where, Path) else ()
    root = next((folder for folder in folders if (folder / ".git").exists()), None)
    return where.relative_to(root).as_posix() if root and isinstance(where, Path) else where


def plain(name: str) -> str:
    """A name, in quotes if YAML would otherwise take it for something else: 123, 1e3, null and on are no text to it."""
    return name if _TEXT.fullmatch(name) else f"'{name}'"


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
