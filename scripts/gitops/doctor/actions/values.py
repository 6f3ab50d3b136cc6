"""The values of expressions. What nobody can know before a run is one character, UNKNOWN, wherever it stands in a
text."""

import math
from collections.abc import Mapping
from typing import Any, TypeAlias

from gitops.doctor.actions.sample_names import stand_for_any

Value: TypeAlias = Any
"""Text, a number, a boolean, None, a mapping or a list, as in JSON."""

UNKNOWN = "\N{OBJECT REPLACEMENT CHARACTER}"


class Open(dict[str, Value]):
    """A context of which only some members are known; the others are unknown, and not empty."""


def known(value: Value) -> bool:
    return not isinstance(value, Open) and not (isinstance(value, str) and UNKNOWN in value)


def text(value: Value) -> str:
    """An expression's value as text, as GitHub inserts it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return UNKNOWN if isinstance(value, (Mapping, list)) else str(value)


def truth(value: Value) -> bool | None:
    """Whether a value counts as true; None when that depends on something unknown."""
    if value == UNKNOWN:
        return None
    return not (value is None or value is False or value == "" or value == 0 or _is_nan(value))


def both(left: Value, right: Value) -> Value:
    """`left && right`, which gives one of the two."""
    decided = truth(left)
    if decided is None:
        return False if truth(right) is False else UNKNOWN
    return right if decided else left


def either(left: Value, right: Value) -> Value:
    """`left || right`, which gives one of the two."""
    decided = truth(left)
    if decided is None:
        return True if right is True else UNKNOWN
    return left if decided else right


def equal(left: Value, right: Value) -> Value:
    """Whether two values are equal: texts are compared without regard to case, other types as numbers."""
    if not (known(left) and known(right)):
        return UNKNOWN
    if isinstance(left, str) and isinstance(right, str):
        if stand_for_any(left, right):
            return UNKNOWN
        return left.casefold() == right.casefold()
    return number(left) == number(right)


def number(value: Value) -> float:
    if value is None or value == "":
        return 0.0
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def member(value: Value, key: Value) -> Value:
    """The member of a context with this name, without regard to case; None when there is none."""
    if not known(key) or value == UNKNOWN:
        return UNKNOWN
    if isinstance(value, Mapping):
        wanted = text(key).casefold()
        missing = UNKNOWN if isinstance(value, Open) else None
        return next((found for name, found in value.items() if name.casefold() == wanted), missing)
    if isinstance(value, list) and isinstance(key, float):
        return value[int(key)] if 0 <= key < len(value) else None
    return None


def _is_nan(value: Value) -> bool:
    return isinstance(value, float) and math.isnan(value)
