"""What a word is, in the books and in a query: the one place that decides it."""

import re
import unicodedata
from bisect import bisect_left
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


def next_in_plain(plain: str, start: int) -> re.Match[str] | None:
    """The first of them from there on."""
    return (_ASCII_WORD if plain.isascii() else WORD).search(plain, start)


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word of the text as (start, end, normal form); offsets count code points."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), normal(match.group())


def words(text: str) -> list[str]:
    """The normal forms of the text's words, in order."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [normal(word) for word in WORD.findall(text)]


# What `Words` makes of ASCII: letters in lower case, digits, apostrophes and the mark of all other characters stay.
_OTHER = "?"
_PLAIN = str.maketrans({c: c.lower() if c.isalnum() or c in ("'", _OTHER) else " " for c in map(chr, range(128))})
_NO_LETTERS = "‘“”—–…" + _OTHER
_NOT_INNER = re.compile("'(?:(?<![A-Za-z]')|(?![A-Za-z]))")
# Every digit as 1, and the colons: one literal to begin with is found ten times as fast as one of ten.
_DIGITS = str.maketrans({c: "1" if c.isdigit() else c if c == ":" else " " for c in map(chr, range(128))})
_NUMBER = re.compile("1[1:]*")


class Words:
    """The words of any stretch of a long text: the same as those that `words` finds in it, in a third of the time.

    They are told apart in the whole text, by what replaces characters wherever they stand, so that blanks alone part
    them. Stretches with other letters than those of plain English are left to `words`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        plain = _NOT_INNER.sub(" ", _ascii(text))
        digits = plain.translate(_DIGITS)
        parts, last = list[str](), 0
        self._joints = list[int]()  # where a number touches a letter, as in 1st: a blank is put there
        for number in _NUMBER.finditer(digits):
            start, end = number.span()
            if ":" in number.group() or digits[start - 1 : start] == ":":
                parts += plain[last:start], " " * (end - start)
                last = end
                continue
            for joint in start, end:
                if plain[joint - 1 : joint].isalpha() or plain[joint : joint + 1].isalpha():
                    parts += plain[last:joint], " "
                    last = joint
                    self._joints.append(joint)
        self._plain = "".join([*parts, plain[last:]]).translate(_PLAIN)

    def between(self, start: int, end: int) -> list[str]:
        """The words of a stretch that begins and ends with none of them in two."""
        if self._joints:
            stretch = self._plain[start + bisect_left(self._joints, start) : end + bisect_left(self._joints, end)]
        else:
            stretch = self._plain[start:end]
        return words(self.text[start:end]) if _OTHER in stretch else stretch.split()


def _ascii(text: str) -> str:
    """The text of the same length with a mark for each character that is not in ASCII, but for usual punctuation."""
    if not text.isascii():
        text = text.replace("’", "'")
        for mark in _NO_LETTERS:
            text = text.replace(mark, " ")
        return text.encode("ascii", "replace").decode()  # it replaces with a question mark
    return text.replace(_OTHER, " ")
