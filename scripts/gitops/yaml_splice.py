"""Single values of a YAML text put in place of others: much faster than to read and write it all with its comments."""

from collections.abc import Mapping
from functools import reduce
from operator import getitem
from typing import Any

import yaml

from gitops import yaml_values
from gitops.yaml_bounds import LOADER

Path = tuple[str | int, ...]
"""Keys and indices that lead to a value."""


def spliced(text: str, changes: Mapping[Path, str]) -> str | None:
    """The text with these values at these paths, and all else as it is.

    None when one of them has no value yet, or when something else would change too, as what an alias repeats.
    """
    root = yaml.compose(text, Loader=LOADER)
    spots = [(_find(root, path), value) for path, value in changes.items()]
    new = text
    for node, value in sorted(spots, key=lambda spot: _start(spot[0]), reverse=True):
        if node is None:
            return None
        quote = node.style or ""
        new = f"{new[: _start(node)]}{quote}{value}{quote}{new[node.end_mark.index :]}"
    return new if _reads_as(new, text, changes) else None


def _start(node: yaml.ScalarNode | None) -> int:
    return node.start_mark.index if node else 0


def _find(node: Any, path: Path) -> yaml.ScalarNode | None:
    for step in path:
        children: dict[str | int, Any] = {}
        if isinstance(node, yaml.SequenceNode):
            children = dict(enumerate(node.value))
        if isinstance(node, yaml.MappingNode):
            children = {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
        node = children.get(step)
    return node if isinstance(node, yaml.ScalarNode) and node.style in (None, "", "'", '"') else None


def _reads_as(new: str, old: str, changes: Mapping[Path, str]) -> bool:
    """Whether the new text reads as the old one with the changes."""
    expected = yaml_values.load_all(old)
    for (*steps, last), value in changes.items():
        reduce(getitem, steps, expected[0])[last] = value
    try:
        return yaml_values.load_all(new) == expected
    except yaml.YAMLError:
        return False
