"""The neighbours of the most common words, counted when the index is built, since reading all their occurrences takes a
second."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from zlib import decompress

from app.index.vocabulary import Vocabulary

NEIGHBOURS_DIR = "neighbours"

REACH = 5
"""How many words on each side are counted."""

LEAST = 10
"""Words that occur less often are not counted one by one."""

OFFSETS = (*range(-REACH, 0), *range(1, REACH + 1))
# Keys that make up more than one word in this many are counted: four of English. Counting a dozen would take twice as
# long.
_ONE_IN = 50
# Occurrences of rarer keys can be read quickly.
_OFTEN = 10_000


class Near(NamedTuple):
    """How often each word occurs, and how many words occur in total, including those that are not counted one by
    one."""

    counts: Mapping[str, int]
    total: int


class Neighbours:
    """How often each word stands at each offset from the most common keys. Each key has a file, which is read when it
    is needed, since few ever are."""

    def __init__(self, directory: Path, vocabulary: Vocabulary) -> None:
        keys = commonest(vocabulary)
        self._files = {key: directory / NEIGHBOURS_DIR / str(place) for place, key in enumerate(keys)}
        self._words = counted_words(vocabulary)

    def __contains__(self, key: str) -> bool:
        return key in self._files

    def near(self, key: str, left: int, right: int) -> Near:
        """Counts the words at most `left` words before and `right` words after the key, in its section. Neither may
        exceed REACH."""
        table = memoryview(decompress(self._files[key].read_bytes())).cast("I")
        rows = len(self._words) + 1
        columns = [table[start : start + rows] for start in range(0, len(table), rows)]
        chosen = [column for offset, column in zip(OFFSETS, columns, strict=True) if -left <= offset <= right]
        *counts, others = map(sum, zip(*chosen, strict=True))
        return Near(dict(zip(self._words, counts, strict=True)), sum(counts) + others)


def commonest(vocabulary: Vocabulary) -> list[str]:
    """The keys whose neighbours are counted, in the order of their files."""
    limit = max(_OFTEN, vocabulary.total / _ONE_IN)
    return sorted(key for key in vocabulary.frequent if vocabulary.count_of_forms(key) > limit)


def counted_words(vocabulary: Vocabulary) -> list[str]:
    """The words that are counted one by one, the most common first: all but rare ones, and the forms of the keys
    themselves."""
    forms = {form for key in commonest(vocabulary) for form in vocabulary.forms(key)}
    words = [word for word in vocabulary.words if vocabulary.count(word) >= LEAST or word in forms]
    return sorted(words, key=vocabulary.count, reverse=True)
