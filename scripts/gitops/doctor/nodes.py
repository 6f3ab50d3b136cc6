"""YAML that knows its lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gitops import yaml_files
from gitops.yaml_bounds import NotYaml
from gitops.yaml_values import Literal, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Location:
    """A line of a file of the repository, counted from 1."""

    path: str
    line: int = 1


@dataclass(frozen=True)
class Node:
    """A value in a YAML file. One that is missing is None, and has the location of what should hold it."""

    location: Location
    value: Any

    def at(self, *keys: str) -> "Node":
        node = self
        for key in keys:
            node = node._child(key)
        return node

    def items(self) -> list["Node"]:
        """The elements of a list; none of anything else."""
        if not isinstance(self.value, Sequence):
            return []
        return [Node(self._location(self.value.lines[i]), value) for i, value in enumerate(self.value)]

    def entries(self) -> Iterator[tuple[str, "Node"]]:
        """The keys and values of a mapping; none of anything else."""
        if isinstance(self.value, Mapping):
            for key in self.value:
                yield str(key), self._child(key)

    def every(self) -> Iterator["Node"]:
        """This node and all nodes within it."""
        yield self
        for child in (*self.items(), *(child for _, child in self.entries())):
            yield from child.every()

    def within(self) -> list["Node"]:
        """The documents of YAML in its text, such as an inline patch; none when that cannot be read."""
        above = self.location.line - (0 if isinstance(self.value, Literal) else 1)
        parsed = parse(self.location.path, "\n" * above + self.text)
        return [] if isinstance(parsed, Unreadable) else parsed

    def search(self, pattern: re.Pattern[str]) -> Iterator[tuple[Location, re.Match[str]]]:
        """The matches in its text, with the line of each where the text keeps its lines (`|`)."""
        keeps_lines = isinstance(self.value, Literal)
        for match in pattern.finditer(self.text):
            below = 1 + self.text.count("\n", 0, match.start()) if keeps_lines else 0
            yield Location(self.location.path, self.location.line + below), match

    @property
    def text(self) -> str:
        """The value as YAML writes it, also of a list or a mapping; empty when it is missing."""
        if isinstance(self.value, bool):
            return str(self.value).lower()
        return "" if self.value is None else str(self.value)

    @property
    def texts(self) -> list[str]:
        """The elements of a list as texts; a text alone is a list of one, as GitHub takes it."""
        return [self.value] if isinstance(self.value, str) else [node.text for node in self.items()]

    def _child(self, key: Any) -> "Node":
        if not isinstance(self.value, Mapping) or key not in self.value:
            return Node(self.location, None)
        return Node(self._location(self.value.lines[key]), self.value[key])

    def _location(self, line: int) -> Location:
        return Location(self.location.path, line + 1)


@dataclass(frozen=True)
class Unreadable:
    """Why a file cannot be read as YAML."""

    location: Location
    what: str


@lru_cache(maxsize=4096)
def parse(path: str, text: str) -> list[Node] | Unreadable:
    """The documents of a file, without the empty ones; read once, since many checkouts have the same file."""
    try:
        documents = yaml_files.documents(text)
    except NotYaml as error:
        return Unreadable(Location(path, error.line), error.problem)
    return [Node(Location(path, _line(document)), document) for document in documents if document is not None]


def _line(document: Any) -> int:
    return document.line + 1 if isinstance(document, (Mapping, Sequence)) else 1
