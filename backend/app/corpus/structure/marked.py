"""The sections of a text whose file marks its headings: the contents of EPUB, the headings of HTML and 青空文庫."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from app.corpus.model import Heading, Section, Unit
from app.corpus.structure.generic import RULES
from app.corpus.structure.marks import Kind, Mark, scan, slug
from app.corpus.structure.outline import outline


def sections(
    text: str, short: str, headings: Sequence[Heading], names: Sequence[str | None], unit: Unit | None = None
) -> tuple[Section, ...]:
    """The sections under the headings; none if the headings divide nothing. `names` are the book's title and author,
    which head all of it."""
    marks = _marks(text, [heading for heading in headings if heading.title not in names])
    above = min((mark.level for mark in marks), default=0)
    if marks and sum(mark.level == above for mark in marks) == 1 and marks[0].level == above:
        del marks[0]
    return outline(text, short, marks, unit) if len(marks) > 1 else ()


def _marks(text: str, headings: Sequence[Heading]) -> list[Mark]:
    """A mark for each heading that still stands in the text: some, as those of the licence, have been blanked."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    marks = list[Mark]()
    for heading in headings:
        if heading.line + 1 < len(starts) and text[starts[heading.line] : starts[heading.line + 1]].strip():
            body = starts[min(heading.body, len(starts) - 1)]
            marks.append(_mark(heading, starts[heading.line], min(body, len(text))))
    return marks


def _mark(heading: Heading, start: int, body: int) -> Mark:
    """The mark of a heading, with its number if it has one in a usual form."""
    for mark in scan(heading.title, RULES)[:1]:
        if mark.start == 0:
            return replace(mark, level=heading.level, start=start, body=body)
    return Mark(Kind.TITLED, heading.level, start, body, heading.title, key=slug(heading.title) or None)
