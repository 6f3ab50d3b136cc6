"""What the module of a reference engine has. Another Python may run it, which has that engine and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Document:
    """A passage, with what it is filtered and counted by."""

    book: str
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A book, or a passage of it with its text, which `marked` has with its matches in <mark>."""

    book: str
    text: str = ""
    marked: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The ten best, and the number of matches by book, whichever books were asked for."""

    found: list[Found]
    by_book: dict[str, int] = field(default_factory=dict)


class Find(Protocol):
    def __call__(self, q: str, books: Sequence[str], *, facets: bool) -> Answer:
        """Search these books, or all when none are named; counts by book only when facets are asked for."""


class Engine(Protocol):
    def build(self, documents: Iterable[Document], place: Path) -> None:
        """Index the documents into a file or a directory."""

    def opened(self, place: Path) -> Find:
        """The search over such an index."""
