"""Counts the neighbours of the most common words when the index is built; `neighbours.py` reads them."""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby, pairwise
from operator import add, attrgetter
from pathlib import Path
from typing import NamedTuple, Self
from zlib import compress

from app.index.neighbours import NEIGHBOURS_DIR, OFFSETS, REACH, commonest, counted_words
from app.index.prepared_file import PreparedFile
from app.index.vocabulary import Vocabulary

Columns = list["array[int]"]
"""For each offset from a key, how often each word stands there, by index of the word; the last entry counts all rare
words."""


class CountedWords(NamedTuple):
    """The words that are counted one by one, each as a character whose code is its index, with one character for all
    others. `keys` are the most common keys, each as the characters of its forms."""

    characters: dict[str, str]
    other: str
    keys: list[str]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Self:
        characters = {word: chr(place) for place, word in enumerate(counted_words(vocabulary))}
        keys = ["".join(map(characters.__getitem__, vocabulary.forms(key))) for key in commonest(vocabulary)]
        return cls(characters, chr(len(characters)), keys)

    def character(self, word: str) -> str:
        return self.characters.get(word, self.other)


def count(books: Iterable[PreparedFile], words: CountedWords) -> list[Columns]:
    """Counts the neighbours of each key in these books."""
    around = [list[str]() for _ in words.keys]
    for book in books:
        text = _with_borders(book, words)
        for forms, windows in zip(words.keys, around, strict=True):
            found = re.finditer(f"[{re.escape(forms)}]", text)
            windows.append("".join([text[match.start() - REACH : match.end() + REACH] for match in found]))
    return [list(_columns("".join(windows), ord(words.other))) for windows in around]


def together(some: list[Columns], others: list[Columns]) -> list[Columns]:
    """Adds the counts of two parts of the books."""
    return [
        [array("I", map(add, *columns)) for columns in zip(own, other, strict=True)]
        for own, other in zip(some, others, strict=True)
    ]


def save(directory: Path, counted: Iterable[Columns]) -> None:
    """Writes a file for each key."""
    folder = directory / NEIGHBOURS_DIR
    folder.mkdir()
    for name, columns in enumerate(counted):
        (folder / str(name)).write_bytes(compress(b"".join(column.tobytes() for column in columns)))


def _with_borders(book: PreparedFile, words: CountedWords) -> str:
    """The characters of the book's words. Borders around each section keep windows from reaching across."""
    characters = list(map(words.character, book.words))
    text = "".join(map(characters.__getitem__, book.tokens))
    sections = (sum(passage.words for passage in same) for _, same in groupby(book.passages, attrgetter("section")))
    parts = (text[start:end] for start, end in pairwise(accumulate(sections, initial=0)))
    return (chr(ord(words.other) + 1) * REACH).join(["", *parts, ""])


def _columns(windows: str, other: int) -> Iterator["array[int]"]:
    """How often each character stands at each offset."""
    for offset in OFFSETS:
        column = array("I", bytes(4 * (other + 1)))
        for character, count in Counter(windows[REACH + offset :: 2 * REACH + 1]).items():
            if ord(character) <= other:
                column[ord(character)] = count
        yield column
