"""The numbers of headings: 4, IV, Four, Fourth, and the Latin ones of the First Folio (Quarta)."""

import re
import unicodedata
from functools import lru_cache

ROMAN = "[IVXLC]+"
_FIGURES = re.compile(ROMAN, re.IGNORECASE)
_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_STEPS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "primus secundus tertius quartus quintus",
    "prima secunda tertia quarta quinta sexta septima",
)
_VALUES = {word: value for series in _WORDS for value, word in enumerate(series.split(), start=1)}
_MOST = 9999
_POWERS = (10, 100, 1000)
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * value for value, word in enumerate(_TEN_WORDS.split(), start=2)}
_UNIT = "|".join(sorted(_VALUES, key=len, reverse=True))
WORD_NUMBER = f"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{_UNIT}))?|{_UNIT})"


def roman(value: int) -> str:
    """A number from 1 to 399 as a Roman numeral."""
    figures = ""
    for step, figure in _STEPS:
        count, value = divmod(value, step)
        figures += figure * count
    return figures


def from_roman(figures: str) -> int | None:
    """The value of a well-formed Roman numeral in either case; None for anything else ("IIX", "civic")."""
    if not _FIGURES.fullmatch(figures) or len(figures) > 15:
        return None
    figures = figures.upper()
    values = [_DIGITS[figure] for figure in figures]
    total = sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
    return total if 0 < total < 400 and roman(total) == figures else None


def number(text: str) -> int | None:
    """The value of a number in digits of any script, in words or as a Roman numeral; None for anything else."""
    if text.isnumeric():
        return value if (value := from_figures(text)) <= _MOST else None
    return from_words(text.lower()) or from_roman(text)


def from_figures(figures: str) -> int:
    """The value of digits and numerals that have a value in Unicode: 十二, 二百三, 一〇二, １２, ๑๒."""
    value = digits = 0
    for figure in map(int, map(unicodedata.numeric, figures)):
        if figure in _POWERS:
            value, digits = value + (digits or 1) * figure, 0
        else:
            digits = 10 * digits + figure
    return value + digits


@lru_cache(maxsize=2048)
def may_be_number(word: str) -> bool:
    """Whether a word in lower case may be a number: it has a digit, looks like a Roman numeral, or is a number word."""
    return not word.isalpha() or word in _VALUES or word in _TENS or _FIGURES.fullmatch(word) is not None


def from_words(text: str) -> int | None:
    """The value of number words: "twelfth", "forty", "twenty-one"."""
    if value := _VALUES.get(text):
        return value
    tens, _, unit = text.replace(" ", "-").partition("-")
    if tens in _TENS and (not unit or 0 < _VALUES.get(unit, 0) < 10):
        return _TENS[tens] + _VALUES.get(unit, 0)
    return None
