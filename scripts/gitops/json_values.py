"""JSON from outside, taken apart by type: what is missing is None or empty, and what has another type is refused."""

import json
from typing import Any

JsonObject = dict[str, Any]


class Misshapen(Exception):
    """It is not JSON, or a value has another type than it should have; the text ends the sentence "it is …"."""


def parse(content: bytes | str) -> JsonObject:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Misshapen(f"not valid JSON: {error}") from error
    if not isinstance(document, dict):
        raise Misshapen("not a JSON object")
    return document


def mapping(document: JsonObject, *path: str) -> JsonObject:
    """The object under these keys; empty when one of them is missing or null."""
    for key in path:
        document = document.get(key) or {}
        if not isinstance(document, dict):
            raise Misshapen(f"not an object at {key}")
    return document


def items(document: JsonObject, *path: str) -> list[Any]:
    """The list under these keys; empty when one of them is missing or null."""
    *way, last = path
    value = mapping(document, *way).get(last) or []
    if not isinstance(value, list):
        raise Misshapen(f"not a list at {last}")
    return value


def mappings(document: JsonObject, *path: str) -> list[JsonObject]:
    listed = items(document, *path)
    if not all(isinstance(item, dict) for item in listed):
        raise Misshapen(f"not a list of objects at {path[-1]}")
    return listed


def text(document: JsonObject, *path: str) -> str | None:
    *way, last = path
    value = mapping(document, *way).get(last)
    if not isinstance(value, str | None):
        raise Misshapen(f"not text at {last}")
    return value


def required(document: JsonObject, *path: str) -> str:
    """The text under these keys, which the specification demands."""
    if (value := text(document, *path)) is None:
        raise Misshapen(f"nothing at {path[-1]}")
    return value


def whole(document: JsonObject, *path: str, default: int) -> int:
    *way, last = path
    value = mapping(document, *way).get(last, default)
    if not isinstance(value, int):
        raise Misshapen(f"not a whole number at {last}")
    return value
