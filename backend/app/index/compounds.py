"""Words that are written as one or as two: tomorrow, to-morrow, to morrow."""

import fnmatch
import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Self

from app.words import normal

# A hyphen between letters. The pattern begins with the hyphen itself, because a lookbehind at the start would be tried
# at every character.
_HYPHEN = re.compile(r"-(?<=[a-z]-)(?=[a-z])")
_BEFORE = re.compile(r"[A-Za-z']+$")
_AFTER = re.compile(r"[a-z']+")
_LONGEST = 24

# One word today, but two in NLTK's books: Austen and Edgeworth have any body, the First Folio my selfe and to morrow.
_APART = """any-body any-how any-one any-thing any-where can-not every-body every-one every-thing every-where for-ever
    good-bye good-night her-self him-self it-self mean-time mean-while mid-night my-self no-body no-where
    some-body some-how some-one some-thing some-times some-where thy-self to-day to-morrow to-night your-self"""
# "Over-look" shows that overlook is two words joined. Shorter words are no such evidence.
_FEWEST_LETTERS = 2

Pair = tuple[str, str]


class Compounds:
    """The words that can be written as two, and the two."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._parts = {a + b: (a, b) for a, b in pairs}
        self._words = sorted(self._parts)

    @classmethod
    def of(cls, hyphenated: Iterable[Pair], is_word: Callable[[str], bool], known: Container[str]) -> Self:
        """Takes pairs of words that occur with a hyphen between, if joined they are a word too. `known` are the words
        of the books."""
        pairs = {*hyphenated, *_ONE}
        return cls(sorted((a, b) for a, b in pairs if a in known and b in known and (a + b in known or is_word(a + b))))

    def parts(self, word: str) -> Pair | None:
        """The two words that the word can be written as; None if it cannot."""
        return self._parts.get(word)

    def joined(self, first: str, second: str) -> str | None:
        """The one word that the two can be written as; None if there is none."""
        word = first + second
        return word if self._parts.get(word) == (first, second) else None

    def like(self, pattern: str) -> Iterator[Pair]:
        """The pairs whose joined word matches a pattern with * and ?, and of which neither word matches it."""
        start = re.split("[*?]", pattern, maxsplit=1)[0]
        for word in self._words[bisect_left(self._words, start) : bisect_left(self._words, start + "\U0010ffff")]:
            parts = self._parts[word]
            if fnmatch.fnmatchcase(word, pattern) and not any(fnmatch.fnmatchcase(part, pattern) for part in parts):
                yield parts

    @staticmethod
    def is_one(first: str, second: str) -> bool:
        """Whether the two words, side by side, are always one word today, so that nobody means each for itself."""
        return (first, second) in _ONE

    def __str__(self) -> str:
        return " ".join("-".join(pair) for pair in self._parts.values())

    @classmethod
    def read(cls, text: str) -> Self:
        """Reads compounds from what str() made of them."""
        return cls(map(_pair, text.split()))


def hyphenated(text: str) -> Iterator[Pair]:
    """The pairs of words with a hyphen between, unless a third word is attached."""
    for hyphen in _HYPHEN.finditer(text):
        start, end = hyphen.span()
        before, after = _BEFORE.search(text, max(0, start - _LONGEST), start), _AFTER.match(text, end)
        if before and after and text[after.end() : after.end() + 1] != "-" and text[before.start() - 1] != "-":
            a, b = normal(before.group()), after.group()
            if min(len(a), len(b)) >= _FEWEST_LETTERS:
                yield a, b


def _pair(words: str) -> Pair:
    first, second = words.split("-")
    return first, second


_ONE = frozenset(map(_pair, _APART.split()))
