"""How often frequent words follow each other in each book: to read every passage that has "of the" takes long."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple, Self

import orjson

from app.index.prepared import Prepared
from app.index.vocabulary import Vocabulary

PAIRS_FILE = "pairs.json"

# Rarer ones are soon read.
_OFTEN = 100


class PairCounts(NamedTuple):
    """By two words in their modern spelling, with a space between, the occurrences in each book."""

    counts: dict[str, list[int]]

    @classmethod
    def of_books(cls, books: Sequence[Prepared], vocabulary: Vocabulary) -> Self:
        counted = [_count(book, vocabulary) for book in books]
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


def _count(book: Prepared, vocabulary: Vocabulary) -> Counter[str]:
    frequent = frozenset(i for i, word in enumerate(book.words) if vocabulary.key(word) in vocabulary.frequent)
    neighbours = chain.from_iterable(map(pairwise, book.by_passage()))
    counted: Counter[str] = Counter()
    for pair, count in Counter(filter(frequent.issuperset, neighbours)).items():
        first, second = (vocabulary.canonical(book.words[i]) for i in pair)
        if first != second:  # those may overlap, which only the text can tell
            counted[f"{first} {second}"] += count
    return counted
