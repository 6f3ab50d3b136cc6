"""What the module of a reference engine has."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.corpus.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Found:
    """A book, or a passage of it with its text."""

    book: str
    text: str = ""


class Find(Protocol):
    def __call__(self, q: str, books: Sequence[str]) -> list[Found]:
        """The ten best, among these books when any are named."""


class Engine(Protocol):
    def build(self, shelf: Shelf, file: Path) -> None:
        """Index the shelf into a file."""

    def opened(self, file: Path) -> Find:
        """The search over such a file."""
