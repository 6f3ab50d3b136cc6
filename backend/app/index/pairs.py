"""Pairs of frequent words as index terms of their own, known as common grams.

Finding "to be or not to be" by the positions of its words means looking at nearly every passage; few passages have all
of its pairs.
"""

from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

# A key that makes up more than one word in this many is frequent: about fifty of English.
_ONE_IN = 400


def frequent(counts: Mapping[str, int]) -> frozenset[str]:
    """The keys whose pairs are indexed, from how often each key occurs."""
    limit = sum(counts.values()) / _ONE_IN
    return frozenset(key for key, count in counts.items() if count > limit)


def pair(first: str, second: str) -> str:
    """The index term of two keys. No key contains a space or an underscore."""
    return f"{first}_{second}"


def pairs(keys: Sequence[str], frequent: Container[str]) -> list[str]:
    """The index terms of the frequent keys that follow each other."""
    return [pair(a, b) for a, b in pairwise(keys) if a in frequent and b in frequent]
