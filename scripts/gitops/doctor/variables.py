"""What the sources say about the variables of the programs. They are read as data, and never run."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from gitops.manifests.setting import Number, Setting, Text

# matches "$RATE_LIMIT" '[1-9][0-9]{0,5}', as frontend/nginx/check-settings.sh checks its variables.
_MATCHES = re.compile(r"""^\s*matches\s+"\$(\w+)"\s+'([^']+)'""", re.MULTILINE)
_NUMBERS = {"int", "float"}
# A pattern is data from outside, and no value may take long to compare with it.
_LONGEST, _MOST_REPETITIONS = 200, 3
_REPEATED_GROUP = re.compile(r"\)[*+{]")
_REPETITION = re.compile(r"[*+]|,\}")


def of_class(node: ast.ClassDef, prefix: str, module: Iterable[ast.AST]) -> dict[str, Setting]:
    """The numbers and patterns that the fields of a pydantic-settings class accept, by variable; `module` is the module
    that defines it."""
    aliases = dict(_aliases(module))
    fields = (field for field in node.body if isinstance(field, ast.AnnAssign))
    named = ((f"{prefix}{ast.unparse(field.target)}".upper(), _setting(field, aliases)) for field in fields)
    return {name: setting for name, setting in named if setting}


def of_script(text: str) -> dict[str, Setting]:
    """The variables that a shell script compares with a pattern."""
    return {name: Text(pattern) for name, pattern in _MATCHES.findall(text) if _is_safe(pattern)}


def _aliases(module: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    """Seconds = Annotated[float, Field(ge=0)]"""
    for node in module:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _setting(field: ast.AnnAssign, aliases: Mapping[str, ast.expr]) -> Setting | None:
    kind: ast.expr = field.annotation
    bounds = _bounds(field.value)
    if isinstance(kind, ast.Name) and isinstance(alias := aliases.get(kind.id), ast.Subscript):
        kind, *more = alias.slice.elts if isinstance(alias.slice, ast.Tuple) else [alias.slice]
        bounds = {name: value for one in more for name, value in _bounds(one).items()} | bounds
    named = kind.id if isinstance(kind, ast.Name) else ""
    if named in _NUMBERS:
        least, most = (_number(bounds.get(name)) for name in ("ge", "le"))
        return Number(named == "int", least, most)
    pattern = bounds.get("pattern")
    if named == "str" and isinstance(pattern, str) and pattern[:1] + pattern[-1:] == "^$" and _is_safe(pattern):
        return Text(pattern[1:-1])
    return None


def _bounds(value: ast.expr | None) -> dict[str, Any]:
    """The constants that a call of Field(…) passes by name."""
    given = value.keywords if isinstance(value, ast.Call) else []
    return {one.arg: one.value.value for one in given if one.arg and isinstance(one.value, ast.Constant)}


def _number(value: Any) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, (int, float)) else None


def _is_safe(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    few = len(_REPETITION.findall(pattern)) <= _MOST_REPETITIONS
    return len(pattern) <= _LONGEST and few and not _REPEATED_GROUP.search(pattern)
