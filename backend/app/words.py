"""What a word is, in the books and in a query: the one place that decides it."""

import re
import unicodedata
from collections.abc import Iterator

# Letters with inner apostrophes (don't, learn'd), or a number. The number of a verse (3:16) is not a word,
# and an underscore or a hyphen ends one: "snow-hill" is two words.
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|(?<![\d:])\d+(?![\d:])")

_LIGATURES = str.maketrans({"æ": "ae", "œ": "oe", "’": "'"})


def normal(word: str) -> str:
    """The word in lower case and without accents: "Cæsar’s" gives "caesar's"."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word of the text as (start, end, normal form); offsets count code points."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), normal(match.group())


def words(text: str) -> list[str]:
    """The normal forms of the text's words, in order."""
    found = WORD.findall(text)
    return [word.lower() for word in found] if text.isascii() else [normal(word) for word in found]
