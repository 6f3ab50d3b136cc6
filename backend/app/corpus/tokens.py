"""The words, numbers and punctuation of a name or a reference, in a form that all ways of writing it share."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from app.corpus.structure.numerals import from_roman, from_words
from app.words import normal

MOST = 40
"""More tokens than this are no reference."""

_TOKEN = re.compile(
    r"(?P<number>\d+)(?:(?<=1)st|(?<=2)nd|(?<=3)rd|(?<=[04-9])th|(?<=1\d)th|[a-d])?(?![^\W_])|(?P<digits>\d+)"
    r"|(?P<spelt>(?:twen|thir|for|fif|six|seven|eigh|nine)ty[- ][a-z]+(?![^\W_]))"
    r"|(?P<word>[^\W\d_]+|&|§)|(?P<dash>[-‐-―−])|(?P<punctuation>[,;:.])"
)
_LETTERS = re.compile(r"[^\W_]+")
_MOST_DIGITS = 5
_WORDS = {"&": "and", "§": "section"}


class Token(NamedTuple):
    """`text` is a word, a number in digits ("1" for "1st"), or punctuation, one of `,;:.-`.

    `value` is the number, also of a word that can mean one ("first", "one", "i").
    """

    text: str
    value: int | None = None

    @property
    def is_punctuation(self) -> bool:
        return self.text in "-,;:."

    @property
    def is_word(self) -> bool:
        return self.text.isalpha()


def tokens(text: str) -> list[Token]:
    """The tokens of the text, at most one more than `MOST`; other characters, such as quotation marks and brackets, are
    dropped."""
    return list(_tokens(text))


@lru_cache(maxsize=8)
def _tokens(text: str) -> tuple[Token, ...]:
    """Cached, because each query is checked for a place, for a book and for a work that is not on the shelf."""
    return tuple(islice(_read(normal(text).replace("'", "")), MOST + 1))


def _read(plain: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(plain):
        kind, text = match.lastgroup, match[match.lastgroup or 0]
        if kind == "word":
            yield _word(text)
        elif kind == "spelt" and (value := from_words(text)):
            yield Token(re.sub(r"\W", "", text), value)
        elif kind == "spelt":
            yield from map(_word, re.findall(r"\w+", text))
        elif kind in ("number", "digits"):
            yield Token(text, int(text)) if len(text) <= _MOST_DIGITS else Token(text)
        else:
            yield Token("-" if kind == "dash" else text)


def _word(text: str) -> Token:
    return Token(_WORDS.get(text, text), from_words(text) or (from_roman(text) if len(text) < 9 else None))


def key(sequence: list[Token]) -> str:
    """A key that all ways to write a name share: "Moby Dick", "moby-dick" and "MobyDick"."""
    return "".join(token.text for token in sequence if not token.is_punctuation)


def letters(text: str) -> list[str]:
    """The runs of letters and digits in the tokens of a text, in a fraction of the time."""
    return _LETTERS.findall(normal(text).replace("'", "").replace("&", " and "))
