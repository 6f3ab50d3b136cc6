"""How often frequent words follow each other in each book: to read every passage that has "of the" takes long."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Self

import orjson

from app.index.pairs import pair
from app.index.vocabulary import Vocabulary

PAIRS_FILE = "pairs.json"

# Rarer ones are soon read.
_OFTEN = 100
_RARE = " "


class FrequentWords:
    """The words that have a frequent key, with a character for each of their modern spellings, so that a regular
    expression finds which of them stand side by side in a text of such characters."""

    RARE = _RARE
    """Stands for all other words."""

    beside = staticmethod(re.compile(f"(?=([^{_RARE}]{{2}}))").findall)
    """Each two that follow each other."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        keys = {vocabulary.canonical(word): vocabulary.key(word) for word in vocabulary.words}
        spellings = sorted(spelling for spelling, key in keys.items() if key in vocabulary.frequent)
        self._characters = {spelling: chr(code) for code, spelling in enumerate(spellings, start=ord(_RARE) + 1)}
        self._spellings = {character: spelling for spelling, character in self._characters.items()}
        self._keys = {character: keys[spelling] for spelling, character in self._characters.items()}

    def character(self, spelling: str) -> str:
        """What stands for a modern spelling."""
        return self._characters.get(spelling, _RARE)

    def term(self, two: str) -> str:
        """The term in the index for two that stand side by side."""
        return pair(self._keys[two[0]], self._keys[two[1]])

    def spelt(self, two: str) -> str:
        """The two words, with a space between."""
        return " ".join(map(self._spellings.__getitem__, two))


class PairCounts(NamedTuple):
    """By two words in their modern spelling, with a space between, the occurrences in each book."""

    counts: dict[str, list[int]]

    @classmethod
    def of_books(cls, books: Sequence[Counter[str]], words: FrequentWords) -> Self:
        """From the occurrences in each book of two frequent words side by side."""
        total: Counter[str] = Counter()
        for counted in books:
            total.update(counted)
        often = {words.spelt(two): two for two, count in total.items() if count >= _OFTEN and not _may_overlap(two)}
        return cls({spelt: [counted[two] for counted in books] for spelt, two in sorted(often.items())})

    def of(self, words: Sequence[str], vocabulary: Vocabulary) -> list[int] | None:
        """None for words that are not counted here."""
        return self.counts.get(" ".join(map(vocabulary.canonical, words)))

    def save(self, directory: Path) -> None:
        (directory / PAIRS_FILE).write_bytes(orjson.dumps(self.counts))

    @classmethod
    def load(cls, directory: Path) -> Self:
        return cls(orjson.loads((directory / PAIRS_FILE).read_bytes()))


def _may_overlap(two: str) -> bool:
    """As those of one word do, of which only the text can tell how many there are."""
    return two[0] == two[1]
