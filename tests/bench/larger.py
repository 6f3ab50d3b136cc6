"""Corpora many times as large: the paragraphs of every book in as many other orders."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.corpus.source import find


@dataclass(frozen=True, slots=True)
class Library:
    """So many times the corpus: a folder of books, and where the index of them is."""

    times: int
    folder: Path
    index: Path

    @property
    def books(self) -> int:
        return sum(1 for _ in self.folder.iterdir())


def write(directory: Path, times: int) -> Library:
    """`times` books of each of the 18, always the same ones, in this directory; their index is yet to be built."""
    library = Library(times, directory / f"books-{times}", directory / f"index-{times}")
    library.folder.mkdir()
    for source in find().sources:
        paragraphs = source.raw.replace("\r\n", "\n").split("\n\n")
        for copy in range(times):
            # Seeded with a text, which gives the same order in every process and version.
            Random(f"{source.id} {copy}").shuffle(paragraphs)
            (library.folder / f"{source.id}-{copy}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    return library
