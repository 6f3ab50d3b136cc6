"""How often frequent words follow each other in each book: to read every passage that has "of the" takes long."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

import orjson

from app.index.prepared import Prepared
from app.index.vocabulary import Vocabulary

PAIRS_FILE = "pairs.json"

Places = tuple[int, int]
"""Two words by their places among those of a prepared book."""

# Rarer ones are soon read.
_OFTEN = 100


class PairCounts(NamedTuple):
    """By two words in their modern spelling, with a space between, the occurrences in each book."""

    counts: dict[str, list[int]]

    @classmethod
    def of_books(cls, books: Sequence[tuple[Prepared, Mapping[Places, int]]], vocabulary: Vocabulary) -> Self:
        """From the books with the occurrences of their pairs of frequent words."""
        counted = [_by_spelling(book, pairs, vocabulary) for book, pairs in books]
        total: Counter[str] = Counter()
        for own in counted:
            total.update(own)
        often = sorted(pair for pair, count in total.items() if count >= _OFTEN)
        return cls({pair: [own[pair] for own in counted] for pair in often})

    def of(self, words: Sequence[str], vocabulary: Vocabulary) -> list[int] | None:
        """None for words that are not counted here."""
        return self.counts.get(" ".join(map(vocabulary.canonical, words)))

    def save(self, directory: Path) -> None:
        (directory / PAIRS_FILE).write_bytes(orjson.dumps(self.counts))

    @classmethod
    def load(cls, directory: Path) -> Self:
        return cls(orjson.loads((directory / PAIRS_FILE).read_bytes()))


def _by_spelling(book: Prepared, pairs: Mapping[Places, int], vocabulary: Vocabulary) -> Counter[str]:
    counted: Counter[str] = Counter()
    for places, count in pairs.items():
        first, second = (vocabulary.canonical(book.words[place]) for place in places)
        if first != second:  # those may overlap, which only the text can tell
            counted[f"{first} {second}"] += count
    return counted
