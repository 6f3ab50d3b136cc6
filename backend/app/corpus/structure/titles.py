"""Headings as a contents page shows them."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL_WORDS = "a an and as at but by for from in nor of on or the to up with"
_SMALL = frozenset(_SMALL_WORDS.split())


def readable(title: str) -> str:
    """The title on one line, without a closing full stop; capitals become title case: "DIES IRAE" gives "Dies Irae"."""
    title = " ".join(title.split()).removesuffix(".")
    capitals = sum(c.isupper() for c in title)
    return _title_case(title) if capitals > sum(c.islower() for c in title) else title


def _title_case(title: str) -> str:
    def case(match: re.Match[str]) -> str:
        word = match.group().lower()
        before = title[: match.start()].rstrip(" \"'“‘(")
        opens = not before or before[-1] in ".:;?!—"
        closes = match.end() == len(title)
        return word if word in _SMALL and not opens and not closes else word[0].upper() + word[1:]

    return _WORD.sub(case, title)
