"""What a reference engine has to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.corpus.model import Shelf


@dataclass(frozen=True, slots=True)
class Found:
    """A book, or a passage of it with its text."""

    book: str
    text: str = ""


class Engine(Protocol):
    def build(self, shelf: Shelf, directory: Path) -> None:
        """Index the shelf; what would be stored goes to the directory."""

    def find(self, q: str, books: Sequence[str]) -> list[Found]:
        """The ten best, among these books when any are named."""
