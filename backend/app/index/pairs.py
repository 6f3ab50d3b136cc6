"""Frequent words side by side, as terms of their own.

To find "to be or not to be" by the positions of its words means to look at nearly every passage; few have all of its
pairs. Search engines know this as common grams.
"""

from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

# A key that makes up more than one word of so many is frequent: some fifty of English.
_ONE_IN = 400


def frequent(counts: Mapping[str, int]) -> frozenset[str]:
    """The keys whose pairs are indexed, from the occurrences of all keys."""
    limit = sum(counts.values()) / _ONE_IN
    return frozenset(key for key, count in counts.items() if count > limit)


def pair(first: str, second: str) -> str:
    """The term for two keys. A key holds no space, and no underscore."""
    return f"{first}_{second}"


def pairs(keys: Sequence[str], frequent: Container[str]) -> list[str]:
    """A term for each two frequent keys that follow each other."""
    return [pair(a, b) for a, b in pairwise(keys) if a in frequent and b in frequent]
