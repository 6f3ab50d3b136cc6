"""Notices about a query: each piece of it that is not read as it looks, with its place."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from app.writing import compatible

# A character with its combining marks.
_CHARACTER = re.compile(r"(?s:.)[\u0300-\u036f\u3099\u309a]*")
# Invisible characters that come along with copied text: soft hyphens, zero-width spaces, direction marks and byte order
# marks.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# Characters that keyboards and other programs put in place of an apostrophe between letters.
_APOSTROPHE = re.compile("(?<=[^\\W\\d_])[`´‘ʹʻʼ′](?=[^\\W\\d_])")


class NoticeKind(StrEnum):
    """Why a piece of a query means something else than it seems to."""

    OPEN_QUOTE = "open-quote"
    """a quotation mark that is never closed: the phrase goes on to the end"""
    PARENTHESIS = "parenthesis"
    """an unbalanced parenthesis is closed at the end, or ignored; so is one that is nested too deep"""
    OPERATOR = "operator"
    """an operator without one of its sides, or of another search engine, is searched as a word"""
    CAPITALS = "capitals"
    """an operator among words in capitals, or not in capitals itself, is searched as a word"""
    NEAR = "near"
    """a side of NEAR that is more than words, a phrase or some with OR between them: both are searched anywhere"""
    DISTANCE = "distance"
    """NEAR and ~ have a greatest distance, which is taken instead"""
    NOT_ALONE = "not-alone"
    """a side of OR that only excludes is ignored"""
    REGEX = "regex"
    """a regular expression is searched as its words"""
    PLUS = "plus"
    """+ is ignored: every word is required anyway"""
    WEIGHT = "weight"
    """a weight such as ^2 is ignored"""
    FUZZY = "fuzzy"
    """~ after a word is ignored"""
    SIGNS = "signs"
    """characters without a meaning here: inside a word they separate it"""
    STAR = "star"
    """* or ? without letters is ignored"""
    IN_PHRASE = "in-phrase"
    """* and ? have no meaning inside a phrase"""
    FIELD = "field"
    """there is no field of this name: it is searched as a word"""
    FIELD_PLACE = "field-place"
    """a field holds for the whole query; inside OR or NOT it is ignored"""
    UNKNOWN_AUTHOR = "unknown-author"
    """no author has this name: the field is ignored"""
    UNKNOWN_BOOK = "unknown-book"
    """no book has this name: the field is ignored"""


class Notice(NamedTuple):
    """`text` is the piece that the notice is about, at [start, end) of what was typed, in code points."""

    kind: NoticeKind
    start: int
    end: int
    text: str


class Typed:
    """What was typed, in NFKC and without invisible characters (`plain`), with the notices about it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.plain, self._origins = _composed(text)
        self.notices: list[Notice] = []

    def say(self, kind: NoticeKind, start: int, end: int) -> None:
        """Adds a notice about [start, end) of `plain`."""
        start, end = self._origins[start], self._origins[end - 1] + 1
        self.notices.append(Notice(kind, start, end, self._text[start:end]))


def _composed(text: str) -> tuple[str, Sequence[int]]:
    """The text in NFKC with apostrophes and without invisible characters, and where each character came from."""
    places = [i for i, character in enumerate(text) if not _UNSEEN.match(character)]
    # Before NFKC, which makes a space of ´, and after it, which makes ʹ of the Greek numeral sign.
    plain = _APOSTROPHE.sub("'", "".join(map(text.__getitem__, places)))
    if unicodedata.is_normalized("NFKC", plain):
        return plain, places
    composed, origins = "", list[int]()
    for match in _CHARACTER.finditer(plain):
        composed += (characters := compatible(match.group()))
        origins += [places[match.start()]] * len(characters)
    return _APOSTROPHE.sub("'", composed), origins
