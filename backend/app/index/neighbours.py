"""The neighbours of the most common words, counted when the index is built, since reading all their occurrences takes a
second."""

from collections import Counter
from collections.abc import Sequence
from itertools import compress

from app.index.archive import as_numbers
from app.index.counts_by_book import WORDS
from app.index.segment import Segment
from app.index.strings import Strings
from app.index.vocabulary import Vocabulary

REACH = 5
"""How many words on each side are counted."""

# Keys that make up more than one word in this many are counted: four of English. Counting a dozen would take twice as
# long.
_ONE_IN = 50
# Occurrences of rarer keys can be read quickly.
_OFTEN = 10_000


class Neighbours:
    """How often each word stands near the commonest keys. It is read when it is asked for, since few ever are.

    A table has a row of counts for each distance from the key, from the farthest word before it to the farthest after
    it, and a column for each word of the segment. Most counts are 0, and take no room once they are compressed.
    """

    def __init__(self, segments: Sequence[Segment], vocabulary: Vocabulary) -> None:
        self._segments = segments
        self._keys = frozenset(commonest(vocabulary))

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def near(self, key: str, left: int, right: int) -> Counter[str]:
        """Counts the words at most `left` words before and `right` words after the key, in its section. Neither may
        exceed REACH."""
        counted = Counter[str]()
        for segment in self._segments:
            words = list(Strings(segment.archive, WORDS))
            size = len(words)
            table = as_numbers(segment.archive.compressed(member(key)), 2 * REACH * size)
            for row in range(REACH - left, REACH + right):
                counts = table[row * size : (row + 1) * size]
                counted.update(dict(zip(compress(words, counts), filter(None, counts), strict=True)))
        return counted


def member(key: str) -> str:
    """The name of the member of a segment's archive that has the neighbours of the key."""
    return f"neighbours/{key}.bin"


def commonest(vocabulary: Vocabulary) -> list[str]:
    """The keys whose neighbours are counted."""
    limit = max(_OFTEN, vocabulary.total / _ONE_IN)
    return sorted(key for key in vocabulary.frequent if vocabulary.count_of_forms(key) > limit)
