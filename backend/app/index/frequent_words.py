"""Finds frequent words that follow each other, as `pairs.py` names them and `pair_counts.py` counts them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from app.index.pairs import pair
from app.index.vocabulary import Vocabulary


class Beside(NamedTuple):
    """The terms in the index for what follows each other in each passage of a book, and how often any two words do so
    in the book, by both with a space between. One word twice is not counted: such pairs may overlap, so that only the
    text can tell how many there are."""

    terms: list[list[str]]
    counts: dict[str, int]


class FrequentWords:
    """The words with a frequent key."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = sorted({form for key in vocabulary.frequent for form in vocabulary.forms(key)})
        keys = {vocabulary.canonical(word): vocabulary.key(word) for word in words}
        # The first one stands for all other words.
        self._spellings = ["", *sorted(spelling for spelling, key in keys.items() if key in vocabulary.frequent)]
        self._places = dict(zip(self._spellings, range(len(self._spellings)), strict=True))
        self._keys = ["", *map(keys.__getitem__, self._spellings[1:])]

    def beside(
        self, spellings: Sequence[str], tokens: Sequence[int], runs: Sequence[Sequence[tuple[int, int]]]
    ) -> Beside:
        """In a book, whose words have these modern spellings; `tokens` and `runs` are as in `Prepared`."""
        frequent = np.array([self._places.get(spelling, 0) for spelling in spellings])[tokens]
        first, second = frequent[:-1], frequent[1:]
        both = (first > 0) & (second > 0)
        both[[start - 1 for own in runs for start, _ in own if start]] = False
        at = np.flatnonzero(both)
        size = len(self._spellings)
        numbers, which, counts = np.unique(first[at] * size + second[at], return_inverse=True, return_counts=True)
        twos = [divmod(number, size) for number in numbers.tolist()]
        names = [pair(self._keys[first], self._keys[second]) for first, second in twos]
        terms = list(map(names.__getitem__, which.tolist()))
        ends = np.searchsorted(at, [own[-1][1] for own in runs]).tolist()
        return Beside(
            [terms[start:end] for start, end in pairwise([0, *ends])],
            {
                f"{self._spellings[first]} {self._spellings[second]}": count
                for (first, second), count in zip(twos, counts.tolist(), strict=True)
                if first != second
            },
        )
