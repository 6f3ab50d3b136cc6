"""What stands beside the commonest words, counted when the index is built: to read all their places takes a second."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from zlib import decompress

from app.index.vocabulary import Vocabulary

NEIGHBOURS_DIR = "neighbours"

REACH = 5
"""Words on a side that are counted."""

LEAST = 10
"""Words that the books have less often are not counted one by one."""

OFFSETS = (*range(-REACH, 0), *range(1, REACH + 1))
# A key that makes up more than one word of so many is worth it: four of English. A dozen would take twice as long.
_ONE_IN = 50
# Rarer ones are soon read.
_OFTEN = 10_000


class Near(NamedTuple):
    """Occurrences of words, and of all words together, with those that are not counted one by one."""

    counts: Mapping[str, int]
    total: int


class Neighbours:
    """How often each word stands at each offset from the commonest keys. Each has a file, which is read when it is
    asked for, since few ever are."""

    def __init__(self, directory: Path, vocabulary: Vocabulary) -> None:
        keys = commonest(vocabulary)
        self._files = {key: directory / NEIGHBOURS_DIR / str(place) for place, key in enumerate(keys)}
        self._words = counted_words(vocabulary)

    def __contains__(self, key: str) -> bool:
        return key in self._files

    def near(self, key: str, left: int, right: int) -> Near:
        """What stands at most so many words left and right of the key, in its section; REACH is the most."""
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
    """The words that are counted one by one, the commonest first: all but rare ones. The forms of the keys themselves
    must be found."""
    forms = {form for key in commonest(vocabulary) for form in vocabulary.forms(key)}
    words = [word for word in vocabulary.words if vocabulary.count(word) >= LEAST or word in forms]
    return sorted(words, key=vocabulary.count, reverse=True)
