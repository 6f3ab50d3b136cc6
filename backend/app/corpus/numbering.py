"""The numbers of lines and verses, which references count and texts only partly print."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from app.corpus.model import Section, Unit
from app.corpus.structure.scripture import Verse, verses

# A line of verse has a letter: a number alone is a page's or, in NLTK's Milton, a slip of the file.
_LINE = re.compile(r"^(?=[^\n]*[^\W\d_])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Numbering:
    """Where the numbered lines or verses of a section start (offsets in its book), and their numbers."""

    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the first and the last unit with text in [start, end); (0, 0) if there are none."""
        last = bisect_right(self.starts, end - 1) - 1
        if last < 0:
            return 0, 0
        return self.numbers[max(bisect_right(self.starts, start) - 1, 0)], self.numbers[last]

    def find(self, first: int, last: int, end: int) -> tuple[int, int] | None:
        """The stretch from one number through another, in a section that ends at `end`; None if it has not both."""
        if first > last or first not in self.numbers or last not in self.numbers:
            return None
        after = self.numbers.index(last) + 1
        return self.starts[self.numbers.index(first)], self.starts[after] if after < len(self.starts) else end


def numbering(section: Section, section_text: str) -> Numbering:
    """The numbering of a section, given its own text. Lines are counted from 1, without blank ones and headings."""
    if section.unit is Unit.VERSE:
        found = [(section.start + verse.start, verse.number) for verse in _chapter(section_text)]
    elif section.unit is Unit.LINE:
        body = max(section.body - section.start, 0)
        starts = (section.start + line.start() for line in _LINE.finditer(section_text, body))
        found = list(zip(starts, count(1), strict=False))
    else:
        found = []
    return Numbering(tuple(start for start, _ in found), tuple(number for _, number in found))


def _chapter(text: str) -> Iterator[Verse]:
    """The verses of the first chapter in the text."""
    last = None
    for verse in verses(text):
        if last and (verse.chapter != last.chapter or verse.opens_book):
            return
        yield verse
        last = verse
