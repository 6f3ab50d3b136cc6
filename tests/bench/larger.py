"""Corpora many times as large: the paragraphs of every book in as many other orders, with other names.

A library of as many real books has words that no other one has, of which most are names. So in each copy the 300 words
that its book most often writes with a capital within a sentence are others, made of syllables; the first copy alone has
those of the book.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

from app.corpus.source import find

_NAMES = 300
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_WITHIN = re.compile(r"(?<=[a-z] )[A-Z][a-z]{3,}\b")
_FIRST = "b c d f g h k l m n p r s t v w ch sh st tr"
_SYLLABLES = list(map("".join, product(_FIRST.split(" "), "aeiou", ("", "n", "r", "l", "s"))))


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
    for source, _ in (unread.read() for unread in find().sources):
        text = source.raw.replace("\r\n", "\n")
        paragraphs = text.split("\n\n")
        names = [name for name, _ in Counter(_WITHIN.findall(text)).most_common(_NAMES)]
        for copy in range(times):
            # Seeded with a text, which gives the same order in every process and version.
            random = Random(f"{source.id} {copy}")
            random.shuffle(paragraphs)
            shuffled = "\n\n".join(paragraphs)
            written = _renamed(shuffled, names, random) if copy else shuffled
            (library.folder / f"{source.id}-{copy}.txt").write_text(written, encoding="utf-8")
    return library


def add_book(library: Library) -> None:
    """One more, whose id stands among those of the others."""
    text = (library.folder / "carroll-alice-0.txt").read_text(encoding="utf-8")
    (library.folder / "carroll-new.txt").write_text(
        _renamed(text, ["Alice", "Hatter"], Random("new")), encoding="utf-8"
    )


def _renamed(text: str, names: list[str], random: Random) -> str:
    others = {name: "".join(random.choices(_SYLLABLES, k=random.randint(2, 4))).capitalize() for name in names}
    return _NAME.sub(lambda found: others.get(found[0], found[0]), text)
