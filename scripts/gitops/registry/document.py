"""Documents of a registry, and what to do about one that is not as its specification has it."""

from collections.abc import Iterator
from contextlib import contextmanager

from gitops import json_values
from gitops.errors import WrongContent
from gitops.json_values import JsonObject, Misshapen

LATER = "Run this again later."
REBUILD = "Build and push the image again: run its CI workflow by hand on main."


def parse(content: bytes, where: str) -> JsonObject:
    """The JSON object. Raises WrongContent when the content is none."""
    try:
        return json_values.parse(content)
    except Misshapen as error:
        raise WrongContent(f"{where} is {error}.", LATER) from error


@contextmanager
def expecting(what: str, where: str, remedy: str = REBUILD) -> Iterator[None]:
    """Raises WrongContent when something in the block is misshapen."""
    try:
        yield
    except Misshapen as error:
        raise WrongContent(f"{where} is not {what}.", remedy) from error
