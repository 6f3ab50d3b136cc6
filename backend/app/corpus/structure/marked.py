"""The sections of a text whose file marks its headings: the contents of EPUB, the headings of HTML and 青空文庫."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from app.corpus.model import MarkedHeading, Section, Unit
from app.corpus.structure.generic import RULES
from app.corpus.structure.headings import Heading, Kind, scan, slug
from app.corpus.structure.outline import outline


def sections(
    text: str, short: str, marked: Sequence[MarkedHeading], names: Sequence[str | None], unit: Unit | None = None
) -> tuple[Section, ...]:
    """The sections under the headings; none if the headings divide nothing. `names` are the book's title and author,
    which head all of it."""
    standing = _standing(text, [heading for heading in marked if heading.title not in names])
    highest = min((heading.level for heading in standing), default=0)
    if standing and sum(heading.level == highest for heading in standing) == 1 and standing[0].level == highest:
        del standing[0]
    return outline(text, short, standing, unit) if len(standing) > 1 else ()


def _standing(text: str, marked: Sequence[MarkedHeading]) -> list[Heading]:
    """The headings that still stand in the text: some, as those of the licence, have been blanked."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    headings = list[Heading]()
    for heading in marked:
        if heading.line + 1 < len(starts) and text[starts[heading.line] : starts[heading.line + 1]].strip():
            body = starts[min(heading.body, len(starts) - 1)]
            headings.append(_heading(heading, starts[heading.line], min(body, len(text))))
    return headings


def _heading(marked: MarkedHeading, start: int, body: int) -> Heading:
    """The heading at its place in the text, with its number if it has one in a usual form."""
    for heading in scan(marked.title, RULES)[:1]:
        if heading.start == 0:
            return replace(heading, level=marked.level, start=start, body=body)
    return Heading(Kind.TITLED, marked.level, start, body, marked.title, key=slug(marked.title) or None)
