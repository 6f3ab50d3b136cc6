"""The one definition of a word, for books and queries alike."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from app.writing import COMBINING_MARKS, TATWEEL, UNSPACED, is_unspaced, without_optional_marks

# A word is letters with inner apostrophes (don't, learn'd), or a number. The number of a verse (3:16) is not a word,
# and an underscore or hyphen ends one: "snow-hill" is two words. Quantifiers are possessive (++), because backtracking
# never helps; not those of groups, after which Python before 3.11.5 goes on at the wrong character.
_FIGURES = r"(?<![\d:])\d+(?![\d:])"
# In scripts without spaces, each character with its marks is a word: a search for several finds them side by side.
_LETTER = rf"[^\W\d_{UNSPACED}{TATWEEL}]"
WORD = re.compile(
    rf"{_LETTER}++(?:(?:['’](?={_LETTER})|[{COMBINING_MARKS}]++){_LETTER}*+)*|(?![\W\d_])[{UNSPACED}][{COMBINING_MARKS}]*+|{_FIGURES}"
)
# The same for English in lower case, in half the time.
_ASCII_WORD = re.compile(rf"[a-z]++(?:'[a-z]++)*|{_FIGURES}", re.ASCII)

_OTHERWISE = str.maketrans({"æ": "ae", "œ": "oe", "’": "'", TATWEEL: None})


def normal(word: str) -> str:
    """The word in lower case and without accents: "Cæsar’s" gives "caesar's"."""
    return word.lower() if word.isascii() else _normal(word)


@lru_cache(maxsize=8192)
def _normal(word: str) -> str:
    return unicodedata.normalize("NFC", without_optional_marks(word).casefold().translate(_OTHERWISE))


def in_plain(plain: str) -> Iterator[re.Match[str]]:
    """The words of a text that is in normal form already."""
    return (_ASCII_WORD if plain.isascii() else WORD).finditer(plain)


def next_in_plain(plain: str, start: int) -> re.Match[str] | None:
    """The first word of such a text from `start` on."""
    return (_ASCII_WORD if plain.isascii() else WORD).search(plain, start)


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of the text as (start, end, normal form); offsets count code points."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), normal(match.group())


def together(text: str) -> list[tuple[str, ...]]:
    """The words of the text in groups: characters of a script without spaces, with what is written together with them,
    are one group, and any other word is a group of its own."""
    runs = list[tuple[str, ...]]()
    last = -1
    for start, end, word in spans(text):
        if start == last and (is_unspaced(word) or is_unspaced(runs[-1][-1])):
            runs[-1] += (word,)
        else:
            runs.append((word,))
        last = end
    return runs


def are_apart(text: str, end: int, start: int) -> bool:
    """Whether two characters of a script without spaces, the one before `end` and the one at `start`, are separated, as
    日 and 本 are in 今日、本を. A line break does not separate them."""
    if start == end or not (is_unspaced(text[start]) and is_unspaced(text[end - 1])):
        return False
    return not text[end:start].isspace()


def breaks(text: str) -> Iterator[int]:
    """The indexes of the words that are separated from the word before."""
    return (i for i, (one, other) in enumerate(pairwise(spans(text)), 1) if are_apart(text, one[1], other[0]))


def words(text: str) -> list[str]:
    """The normal forms of the text's words, in order."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [normal(word) for word in WORD.findall(text)]
