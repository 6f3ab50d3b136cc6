"""The numbers of lines and verses, which references count and texts print only in part."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from app.corpus.model import Section, Unit
from app.corpus.structure.directions import directions
from app.corpus.structure.scripture import Verse, verses

# A line of verse contains a letter. A number alone is a page number or, in NLTK's Milton, an error in the file.
_LINE = re.compile(r"^([^\S\n]*)(?=[^\n]*[^\W\d_])(\S+)[^\n]*", re.MULTILINE)
# No printed line is longer than this. A longer line is turned over: its rest stands below, indented further.
_WIDTH = 68


@dataclass(frozen=True, slots=True)
class Numbering:
    """The offsets in the book at which the numbered lines or verses of a section start and end, and their numbers."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()

    def touched(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the first and last unit with text in [start, end); (0, 0) if there are none."""
        first, after = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return (self.numbers[first], self.numbers[after - 1]) if first < after else (0, 0)

    def stretch(self, first: int, last: int) -> tuple[int, int]:
        """The offsets of the text from unit `first` through unit `last`."""
        return self.starts[self.numbers.index(first)], self.ends[self.numbers.index(last)]


def numbering(section: Section, section_text: str) -> Numbering:
    """The numbering of a section, given the section's text. Lines are counted from 1, without blank lines, headings and
    stage directions."""
    if section.unit is Unit.VERSE:
        units = [(verse.number, start, end) for verse, start, end in _chapter(section_text)]
    elif section.unit:
        body = max(section.body - section.start, 0)
        silent = list(directions(section_text, body)) if section.unit is Unit.SPOKEN else []
        units = [(number, *line) for number, line in zip(count(1), _lines(section_text, body, silent), strict=False)]
    else:
        return Numbering()
    return Numbering(
        tuple(section.start + start for _, start, _ in units),
        tuple(section.start + end for _, _, end in units),
        tuple(number for number, _, _ in units),
    )


def _lines(text: str, body: int, silent: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The offsets of each line, with what is turned over from it. Stretches in `silent` contain no lines."""
    spoken = (line for line in _LINE.finditer(text, body) if not any(a <= line.start() < b for a, b in silent))
    line: re.Match[str] | None = None
    end = 0
    for part in spoken:
        if line and _is_turned_over(line, part, end):
            end = part.end()
            continue
        if line:
            yield line.start(), end
        line, end = part, part.end()
    if line:
        yield line.start(), end


def _is_turned_over(line: re.Match[str], part: re.Match[str], end: int) -> bool:
    """Whether the part continues the line, whose text so far ends at `end`, because there was no more room."""
    if part.start() != end + 1 or len(part[1]) <= len(line[1]):
        return False
    column = end - (line.string.rfind("\n", 0, end) + 1)
    return column + 1 + len(part[2]) > _WIDTH or part[2][0].islower()


def _chapter(text: str) -> Iterator[tuple[Verse, int, int]]:
    """The verses of the first chapter in the text, each with its start and end."""
    last: Verse | None = None
    for verse in verses(text):
        if last:
            yield last, last.start, len(text[: verse.start].rstrip())
            if verse.chapter != last.chapter or verse.opens_book:
                return
        last = verse
    if last:
        yield last, last.start, len(text.rstrip())
