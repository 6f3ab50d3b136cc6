"""Sections for a text without headings: one for the whole text, or numbered parts that can be read at a sitting."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from app.corpus.model import Section, Unit
from app.words import WORD
from app.writing import CHARACTERS, is_mostly_unspaced, may_part

WORDS = 2_000
_SHORTEST_OPENING, _LONGEST_OPENING = 20, 40

# In Chinese and Japanese, a paragraph starts with a wide space or an opening quotation mark.
PARAGRAPH_END = re.compile(r"\n(?:\s*\n|(?=[\u3000「『（]))")


def parts(text: str, short: str, unit: Unit | None = None) -> tuple[Section, ...]:
    """One section cited by the title when the text is short, else parts of about `WORDS` words in whole paragraphs.

    A paragraph that is longer than a part is cut between words. The author gave the parts no names, so they have
    numbers, and their first words for a heading, as poems without a title do.
    """
    borders = [0, *_borders(text), len(text)]
    if len(borders) == 2:
        return (Section("1", None, short, short, 0, len(text), unit),)
    return tuple(
        Section(str(n), None, f"{n}. {_opening(text[start:end])}", f"{short}, {n}", start, end)
        for n, (start, end) in enumerate(pairwise(borders), start=1)
    )


def _opening(text: str) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.lstrip()[: 4 * _LONGEST_OPENING].split())
    if len(line) <= _LONGEST_OPENING:
        return line
    ends = range(_LONGEST_OPENING, _SHORTEST_OPENING, -1)
    end = next((i for i in ends if line[i] == " " or may_part(line[i - 1], line[i])), _LONGEST_OPENING)
    return line[:end].rstrip(" ,.:;、。") + "…"


def _borders(text: str) -> Iterator[int]:
    """Where one part ends and the next begins. The rest after the last border has at least half the words of a part."""
    starts = [word.start() for word in WORD.finditer(text)]
    paragraphs = [end.end() for end in PARAGRAPH_END.finditer(text)]
    size = WORDS * (CHARACTERS if is_mostly_unspaced(text) else 1)
    at = 0
    while len(starts) - at > 1.5 * size:
        earliest, latest = starts[at + size // 2], starts[at + size * 3 // 2]
        wanted = starts[at + size]
        near = paragraphs[bisect_left(paragraphs, earliest) : bisect_right(paragraphs, latest)]
        border = min(near, key=lambda p: abs(p - wanted), default=wanted)
        yield border
        at = bisect_left(starts, border)
