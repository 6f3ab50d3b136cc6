"""Values that nobody would write by mistake, and every place of a document that they may stand in."""

import copy
from collections.abc import Iterator
from typing import Any

STRANGE: list[Any] = [
    "5s",
    "",
    None,
    -1,
    1.5,
    True,
    [],
    [[]],
    {},
    {"": []},
    "0x1",
    "1e999",
    "\u202e",
    10**40,
    ["a", {}],
]


def locations(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all values within a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        yield (*path, key)
        yield from locations(child, (*path, key))


def with_value(objects: list[Any], path: tuple[Any, ...], value: Any) -> list[Any]:
    changed = copy.deepcopy(objects)
    holder: Any = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return [one for one in changed if one]
