"""Counts what stands beside the commonest words, as `neighbours.py` reads it."""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from operator import add
from pathlib import Path
from typing import NamedTuple, Self
from zlib import compress

from app.index.neighbours import NEIGHBOURS_DIR, OFFSETS, REACH, commonest, counted_words
from app.index.vocabulary import Vocabulary

Columns = list["array[int]"]
"""For a key what stands at each offset from it: the occurrences by place of the word, with the rare ones last."""


class CountedWords(NamedTuple):
    """The words that are counted one by one: a character for each, whose code is its place, and one for all others.
    `keys` are the commonest keys, each as the characters of its forms."""

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


class Neighbourhood:
    """The neighbours of each key in the books that are given one after another."""

    def __init__(self, words: CountedWords) -> None:
        self._words = words
        self._counted = [[Counter[str]() for _ in OFFSETS] for _ in words.keys]
        # Around each section, which no window reaches across.
        self._border = chr(ord(words.other) + 1) * REACH

    def add(self, text: str, sections: Iterable[int]) -> None:
        """A book as the characters of its words, with the number of words in each section."""
        borders = pairwise(accumulate(sections, initial=0))
        text = self._border.join(["", *(text[start:end] for start, end in borders), ""])
        for forms, columns in zip(self._words.keys, self._counted, strict=True):
            for column, found in zip(columns, _around(forms, text), strict=True):
                column.update(found)

    def columns(self) -> list[Columns]:
        """For each key."""
        rare = ord(self._words.other)
        return [[_column(column, rare) for column in columns] for columns in self._counted]


def save(directory: Path, parts: Sequence[Sequence[Columns]]) -> None:
    """Write a file for each key, from what was counted in each part of the books."""
    folder = directory / NEIGHBOURS_DIR
    folder.mkdir()
    for name, key in enumerate(zip(*parts, strict=True)):
        columns = (_sum(same) for same in zip(*key, strict=True))
        (folder / str(name)).write_bytes(compress(b"".join(column.tobytes() for column in columns)))


def _around(forms: str, text: str) -> Iterator[str]:
    """At each offset all that stands there from one of these characters."""
    found = re.finditer(f"[{re.escape(forms)}]", text)
    windows = "".join([text[one.start() - REACH : one.end() + REACH] for one in found])
    return (windows[REACH + offset :: 2 * REACH + 1] for offset in OFFSETS)


def _column(counted: Counter[str], rare: int) -> "array[int]":
    column = array("I", bytes(4 * (rare + 1)))
    for character, count in counted.items():
        if ord(character) <= rare:
            column[ord(character)] = count
    return column


def _sum(columns: Sequence["array[int]"]) -> "array[int]":
    total, *others = columns
    for column in others:
        total = array("I", map(add, total, column))
    return total
