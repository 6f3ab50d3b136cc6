"""Elisions: articles and other short words that lose their vowel to an apostrophe. l'œuvre is two words, don't is
one."""

import re
from collections.abc import Iterator

Range = tuple[int, int]

_FRENCH = "[cdjlmnst]|jusqu|lorsqu|puisqu|quoiqu|qu"
_ITALIAN = "[cdlmnstv]|un|(?:d|[ad]a|ne|su|co)?ll|que(?:ll|st)|sant|dov|com|anch|gl|degl|negl"
_CATALAN = "[dlmnst]"


def _apostrophe(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?<![^\W\d_]['’])(?i:{words})(['’])(?=[^\W\d_])")


_BY_LANGUAGE = {"fr": _apostrophe(_FRENCH), "it": _apostrophe(_ITALIAN), "ca": _apostrophe(_CATALAN)}


def elisions(text: str, language: str) -> Iterator[Range]:
    """Where apostrophes separate two words, in a book in this language."""
    pattern = _BY_LANGUAGE.get(language.partition("-")[0].lower())
    return (match.span(1) for match in pattern.finditer(text)) if pattern else iter(())
