"""The neighbours of the most common words, counted when the index is built, since reading all their occurrences takes a
second."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import orjson

from app.index.segment import Segment
from app.index.vocabulary import Vocabulary

REACH = 5
"""How many words on each side are counted."""

LEAST = 10
"""Words that a segment has less often are not counted one by one."""

OFFSETS = (*range(-REACH, 0), *range(1, REACH + 1))
COUNTED_WORDS = "neighbours.json"
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
    """How often each word stands at each offset from the commonest keys. It is read when it is asked for, since few
    ever are."""

    def __init__(self, segments: Sequence[Segment], vocabulary: Vocabulary) -> None:
        self._segments = segments
        self._keys = frozenset(commonest(vocabulary))

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def near(self, key: str, left: int, right: int) -> Near:
        """Counts the words at most `left` words before and `right` words after the key, in its section. Neither may
        exceed REACH."""
        counted, total = Counter[str](), 0
        for segment in self._segments:
            words: list[str] = orjson.loads(segment.archive.compressed(COUNTED_WORDS))
            table = memoryview(segment.archive.compressed(member(key))).cast("I")
            rows = len(words) + 1
            columns = [table[start : start + rows] for start in range(0, len(table), rows)]
            chosen = [column for offset, column in zip(OFFSETS, columns, strict=True) if -left <= offset <= right]
            *counts, others = map(sum, zip(*chosen, strict=True))
            counted.update(dict(zip(words, counts, strict=True)))
            total += sum(counts) + others
        return Near(counted, total)


def member(key: str) -> str:
    """Of a segment's archive, with the neighbours of the key."""
    return f"neighbours/{key}.bin"


def commonest(vocabulary: Vocabulary) -> list[str]:
    """The keys whose neighbours are counted."""
    limit = max(_OFTEN, vocabulary.total / _ONE_IN)
    return sorted(key for key in vocabulary.frequent if vocabulary.count_of_forms(key) > limit)
