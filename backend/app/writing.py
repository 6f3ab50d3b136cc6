"""What scripts have besides letters: no spaces between words, combining marks, marks that readers may leave out."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

# Chinese and Japanese characters, with their punctuation.
WIDE = "\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001b000-\U0001b16f\U00020000-\U0003ffff"
# Letters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, Chinese and Japanese. Korean has spaces,
# but its endings are attached to the words. These blocks also contain other characters.
UNSPACED = "".join(
    (
        "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff",
        "\u2e80-\ua4cf\uf900-\ufaff\uff66-\uff9d\uffa0-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff",
    )
)
CHARACTERS = 2
"""How many such characters say about as much as one English word."""

_UNSPACED = re.compile(f"[{UNSPACED}]")

# Tatweel only stretches an Arabic word.
TATWEEL = "\u0640"
# Blocks with combining marks. The last two are half-width Japanese ones.
_BLOCKS = (range(0x300, 0x1E00), range(0x20D0, 0x2100), range(0x302A, 0x309B), range(0xA600, 0xAC00))
COMBINING_MARKS = "".join(chr(c) for block in _BLOCKS for c in block if unicodedata.category(chr(c))[0] == "M")
COMBINING_MARKS += "\uff9e\uff9f" + TATWEEL
_COMBINING = frozenset(COMBINING_MARKS)

# Unicode's combining classes of the marks that readers may leave out: accents of Latin, Greek and Cyrillic, the points
# of Hebrew and Arabic. Marks of Thai and Indian scripts are vowels, and those of Japanese make other letters (が is not
# か).
_OPTIONAL = frozenset((1, *range(10, 37), *range(200, 241)))
# Letters that Unicode decomposes although the mark makes another letter of them: Russian, Thai and Lao.
_LETTERS = (("и\u0306", "й"), ("\u0e4d\u0e32", "\u0e33"), ("\u0ecd\u0eb2", "\u0eb3"))


def columns(text: str) -> Iterator[int]:
    """The width of the text up to and including each character, in Latin letters; a Chinese character is as wide as
    two."""
    return accumulate(0 if c in _COMBINING else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def is_unspaced(word: str) -> bool:
    """Whether it is a character of a script without spaces, which counts as a word by itself."""
    return _UNSPACED.match(word) is not None


def is_combining(character: str) -> bool:
    """Whether the character is written on, or with, the letter before it."""
    return character in _COMBINING


def may_part(character: str, following: str) -> bool:
    """Whether a text may be cut between the two although no space is there: one is in a script without spaces, and
    neither is a combining mark."""
    return not (is_combining(character) or is_combining(following)) and (
        is_unspaced(character) or is_unspaced(following)
    )


def has_unspaced(text: str) -> bool:
    """Whether the text has characters of scripts without spaces."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def is_mostly_unspaced(text: str) -> bool:
    """Whether most letters at the beginning of the text are in scripts without spaces."""
    beginning = text[:2000]
    return not beginning.isascii() and 2 * len(_UNSPACED.findall(beginning)) > sum(map(str.isalpha, beginning))


def compatible(text: str) -> str:
    """The text in NFKC, except for letters that NFKC decomposes."""
    return _with_letters(unicodedata.normalize("NFKC", text))


def without_optional_marks(text: str) -> str:
    """The text in compatibility characters without the marks that may be left out; other marks are decomposed."""
    decomposed = _with_letters(unicodedata.normalize("NFKD", text))
    return "".join(c for c in decomposed if unicodedata.combining(c) not in _OPTIONAL)


def _with_letters(text: str) -> str:
    for parts, letter in _LETTERS:
        text = text.replace(parts, letter)
    return text
