"""What a word is, in the books and in a query: the one place that decides it."""

import re
import unicodedata
from collections.abc import Iterator

# Letters with inner apostrophes (don't, learn'd), or a number. The number of a verse (3:16) is not a word,
# and an underscore or a hyphen ends one: "snow-hill" is two words. Possessive (++), as there is never a way back.
_PATTERN = r"{letter}++(?:['’]{letter}++)*+|(?<![\d:])\d+(?![\d:])"
WORD = re.compile(_PATTERN.replace("{letter}", r"[^\W\d_]"))
# The same for plain English in lower case, where it takes half the time.
_ASCII_WORD = re.compile(_PATTERN.replace("{letter}", "[a-z]"), re.ASCII)

# Unicode's class of the marks that make other letters of Japanese kana: が is not か with an accent.
_VOICING = 8
_LIGATURES = str.maketrans({"æ": "ae", "œ": "oe", "’": "'"})


def normal(word: str) -> str:
    """The word in lower case and without accents: "Cæsar’s" gives "caesar's"."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    # Folded once more, because some letters of other styles (𝓐) are capitals only when decomposed.
    plain = "".join(c for c in decomposed if unicodedata.combining(c) in (0, _VOICING))
    return unicodedata.normalize("NFC", plain.casefold().translate(_LIGATURES))


def in_plain(plain: str) -> Iterator[re.Match[str]]:
    """Each word of a text that is in normal form already."""
    return (_ASCII_WORD if plain.isascii() else WORD).finditer(plain)


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word of the text as (start, end, normal form); offsets count code points."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), normal(match.group())


def words(text: str) -> list[str]:
    """The normal forms of the text's words, in order."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [normal(word) for word in WORD.findall(text)]
