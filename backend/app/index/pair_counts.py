"""How often frequent words follow each other in each book. Without these counts, "of the" would mean reading every
passage that has it."""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import add
from pathlib import Path
from typing import NamedTuple, Self

import orjson

from app.index.pairs import pair
from app.index.vocabulary import Vocabulary

PAIRS_FILE = "pairs.json"

# Occurrences of rarer pairs can be read quickly.
_OFTEN = 100
_RARE = " "


class FrequentWords:
    """The words with a frequent key, and a character for each of their modern spellings. In a text of such characters,
    a regular expression finds those that stand side by side."""

    RARE = _RARE
    """The character of all other words."""

    beside = staticmethod(re.compile(f"(?=([^{_RARE}]{{2}}))").findall)
    """Matches every two that follow each other."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        keys = {vocabulary.canonical(word): vocabulary.key(word) for word in vocabulary.words}
        spellings = sorted(spelling for spelling, key in keys.items() if key in vocabulary.frequent)
        self._characters = {spelling: chr(code) for code, spelling in enumerate(spellings, start=ord(_RARE) + 1)}
        self._spellings = {character: spelling for spelling, character in self._characters.items()}
        self._keys = {character: keys[spelling] for spelling, character in self._characters.items()}

    def character(self, spelling: str) -> str:
        """The character of a modern spelling."""
        return self._characters.get(spelling, _RARE)

    def term(self, two: str) -> str:
        """The term in the index for two characters side by side."""
        return pair(self._keys[two[0]], self._keys[two[1]])

    def spelt(self, two: str) -> str:
        """The two words with a space between."""
        return " ".join(map(self._spellings.__getitem__, two))


class Beside(NamedTuple):
    """The pairs of frequent words that a book has side by side, in one string, and how often it has each."""

    twos: str
    counts: "array[int]"

    @classmethod
    def of(cls, counted: Mapping[str, int]) -> Self:
        return cls("".join(counted), array("I", counted.values()))

    def each(self) -> Iterator[tuple[str, int]]:
        return zip(map(add, self.twos[::2], self.twos[1::2]), self.counts, strict=True)


class PairCounts(NamedTuple):
    """The occurrences in each book, by pair of words in modern spelling with a space between."""

    counts: Mapping[str, Sequence[int]]

    @classmethod
    def of_books(cls, books: Sequence[Beside], words: FrequentWords) -> Self:
        total: Counter[str] = Counter()
        for book in books:
            for two, count in book.each():
                total[two] += count
        often = [two for two, count in total.items() if count >= _OFTEN and not _may_overlap(two)]
        counts = {two: array("I", bytes(4 * len(books))) for two in often}
        for ordinal, book in enumerate(books):
            for two, count in book.each():
                if two in counts:
                    counts[two][ordinal] = count
        return cls({words.spelt(two): counts[two] for two in sorted(often, key=words.spelt)})

    def of(self, words: Sequence[str], vocabulary: Vocabulary) -> Sequence[int] | None:
        """The counts by book; None if the words are not a pair that is counted."""
        return self.counts.get(" ".join(map(vocabulary.canonical, words)))

    def save(self, directory: Path) -> None:
        # Written row by row: as lists, all of them would take much memory.
        rows = (orjson.dumps(spelt) + b":" + orjson.dumps(list(counts)) for spelt, counts in self.counts.items())
        (directory / PAIRS_FILE).write_bytes(b"{" + b",".join(rows) + b"}")

    @classmethod
    def load(cls, directory: Path) -> Self:
        return cls(orjson.loads((directory / PAIRS_FILE).read_bytes()))


def _may_overlap(two: str) -> bool:
    """Whether occurrences of the pair may overlap, as "had had" does in "had had had". Only the text tells how many
    there are."""
    return two[0] == two[1]
