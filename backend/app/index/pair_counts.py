"""How often frequent words follow each other in each book. Without these counts, "of the" would mean reading every
passage that has it."""

from collections.abc import Sequence

from app.index.counts_by_book import CountsByBook
from app.index.vocabulary import Vocabulary


class PairCounts:
    """How often two frequent words stand side by side."""

    def __init__(self, counts: CountsByBook, vocabulary: Vocabulary) -> None:
        self._counts, self._vocabulary = counts, vocabulary

    def of(self, words: Sequence[str]) -> list[tuple[int, int]] | None:
        """(ordinal of the book, occurrences) for each book that has the words side by side; None for words that are not
        counted here."""
        vocabulary = self._vocabulary
        spelt = [*map(vocabulary.canonical, words)]
        if len(set(spelt)) != 2 or len(spelt) != 2 or not vocabulary.frequent.issuperset(map(vocabulary.key, words)):
            return None
        return self._counts.of(" ".join(spelt))
