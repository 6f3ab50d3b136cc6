"""JSON from outside, taken apart by type: what is missing is None, and what has another type is refused."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gitops.errors import WrongContent

LATER = "Run this again later."
REBUILD = "Build and push the image again: run its CI workflow by hand on main."


class Misshapen(Exception):
    """A value has another type than the specification gives it."""


def parse(content: bytes, where: str) -> dict[str, Any]:
    """Raises WrongContent when the content is not a JSON object."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise WrongContent(f"{where} is not valid JSON: {error}", LATER) from error
    if not isinstance(document, dict):
        raise WrongContent(f"{where} is not a JSON object.", LATER)
    return document


@contextmanager
def expecting(what: str, where: str, remedy: str = REBUILD) -> Iterator[None]:
    """Raises WrongContent when something in the block is misshapen."""
    try:
        yield
    except Misshapen as error:
        raise WrongContent(f"{where} is not {what}.", remedy) from error


def mapping(document: dict[str, Any], *path: str) -> dict[str, Any]:
    """The mapping under these keys; empty when one of them is missing or null."""
    for key in path:
        document = document.get(key) or {}
        if not isinstance(document, dict):
            raise Misshapen
    return document


def items(document: dict[str, Any], key: str) -> list[Any]:
    """The list under the key; empty when it is missing or null."""
    found = document.get(key) or []
    if not isinstance(found, list):
        raise Misshapen
    return found


def mappings(document: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = items(document, key)
    if not all(isinstance(item, dict) for item in found):
        raise Misshapen
    return found


def text(document: dict[str, Any], *path: str) -> str | None:
    *way, last = path
    found = mapping(document, *way).get(last)
    if not isinstance(found, str | None):
        raise Misshapen
    return found


def required(document: dict[str, Any], *path: str) -> str:
    """The text under these keys, which the specification demands."""
    if (found := text(document, *path)) is None:
        raise Misshapen
    return found
