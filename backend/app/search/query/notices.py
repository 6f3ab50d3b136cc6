"""What a query could not say, at its place: nothing is read differently in silence."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from app.writing import compatible

# A character with the marks that stand on it.
_CHARACTER = re.compile(r"(?s:.)[\u0300-\u036f\u3099\u309a]*")
# What nobody sees comes along with copied text: soft hyphens, spaces of no width, marks of direction and of byte order.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# Between letters they are what keyboards and other programs have for an apostrophe.
_APOSTROPHE = re.compile("(?<=[^\\W\\d_])[`´‘ʹʻʼ′](?=[^\\W\\d_])")


class NoticeKind(StrEnum):
    """Why a piece of a query means something else than it seems to."""

    OPEN_QUOTE = "open-quote"
    """a quotation mark without a partner: the phrase goes on to the end"""
    PARENTHESIS = "parenthesis"
    """one without a partner is closed at the end, or left out; so is one too deep"""
    OPERATOR = "operator"
    """an operator that lacks a side, or is one of another search engine, is a word"""
    CAPITALS = "capitals"
    """where all is in capitals, or an operator is not, it is a word"""
    NEAR = "near"
    """a side of NEAR that is more than words, a phrase or some with OR between them: both are looked for anywhere"""
    DISTANCE = "distance"
    """NEAR and ~ reach no further than they can"""
    NOT_ALONE = "not-alone"
    """what only leaves out is no alternative: it is left out itself"""
    REGEX = "regex"
    """a regular expression is searched as its words"""
    PLUS = "plus"
    """every word is looked for, with and without a plus"""
    WEIGHT = "weight"
    """^2 is left out"""
    FUZZY = "fuzzy"
    """~ after a word is left out"""
    SIGNS = "signs"
    """signs that mean nothing here: inside a word they end it"""
    STAR = "star"
    """* or ? without letters is left out"""
    IN_PHRASE = "in-phrase"
    """* and ? mean nothing inside a phrase"""
    FIELD = "field"
    """there is no such field: the name is searched as a word"""
    FIELD_PLACE = "field-place"
    """a field is for the whole query; beside OR and NOT it is left out"""
    UNKNOWN_AUTHOR = "unknown-author"
    """no author has this name: it is left out"""
    UNKNOWN_BOOK = "unknown-book"
    """no book has this name: it is left out"""


class Notice(NamedTuple):
    """`text` is the piece, at [start, end) of what was typed, in code points."""

    kind: NoticeKind
    start: int
    end: int
    text: str


class Typed:
    """A text as it was typed, in composed characters that are seen, with what is said about it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.plain, self._origins = _composed(_APOSTROPHE.sub("'", text))
        self.notices: list[Notice] = []

    def say(self, kind: NoticeKind, start: int, end: int) -> None:
        """About [start, end) of the composed text."""
        start, end = self._origins[start], self._origins[end - 1] + 1
        self.notices.append(Notice(kind, start, end, self._text[start:end]))


def _composed(text: str) -> tuple[str, Sequence[int]]:
    """The text in NFKC without what is not seen, and where each of its characters came from."""
    if text.isascii() or (unicodedata.is_normalized("NFKC", text) and not _UNSEEN.search(text)):
        return text, range(len(text))
    composed, origins = "", list[int]()
    for match in _CHARACTER.finditer(text):
        if _UNSEEN.fullmatch(match.group()):
            continue
        composed += (one := compatible(match.group()))
        origins += [match.start()] * len(one)
    return composed, origins
