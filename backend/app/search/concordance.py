"""Keyword in context: every occurrence on a line of its own, with what stands left and right of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.index.reader import IndexReader
from app.models import Concordance, ConcordanceLine
from app.search import cursor
from app.search.deadline import Deadline
from app.search.filters import Filters
from app.search.occurrences import Occurrence, Occurrences, occurrences
from app.search.plan import Plan, plan
from app.search.query import Query
from app.words import words

# Lines are sorted by this many words beside the match, which fit in as many characters.
_NEIGHBOURS = 3
_NEIGHBOUR_WIDTH = 60


class LineSort(StrEnum):
    POSITION = "position"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class ConcordanceRequest:
    """`width` is how many characters are shown on either side."""

    query: Query
    filters: Filters = field(default_factory=Filters)
    sort: LineSort = LineSort.POSITION
    width: int = 50
    limit: int = 50
    cursor: str | None = None

    @property
    def scope(self) -> str:
        return repr((str(self.query), self.filters.both(), self.sort))


def concordance(index: IndexReader, request: ConcordanceRequest, deadline: Deadline) -> Concordance:
    """One page of lines. Raises BadCursor and QueryTimeout."""
    scope = f"{index.manifest.corpus} concordance {request.scope}"
    offset = 0 if request.cursor is None else cursor.decode(request.cursor, scope)
    planned, found = _sorted(index, request, deadline)
    end = offset + request.limit
    return Concordance(
        query=str(planned.query),
        variants=planned.variants,
        total=len(found.found),
        truncated=found.truncated,
        lines=list(_lines(index, found.found[offset:end], request.width, deadline)),
        next=cursor.encode(end, scope) if end < len(found.found) else None,
    )


@dataclass(frozen=True, slots=True)
class AllLines:
    """How many there are, whether there are more matches than those, and the lines, each made when it is asked for."""

    total: int
    truncated: bool
    lines: Iterator[ConcordanceLine]


def all_lines(index: IndexReader, request: ConcordanceRequest, deadline: Deadline) -> AllLines:
    """Every line, regardless of limit and cursor."""
    _, found = _sorted(index, request, deadline)
    return AllLines(len(found.found), found.truncated, _lines(index, found.found, request.width, deadline))


def _sorted(index: IndexReader, request: ConcordanceRequest, deadline: Deadline) -> tuple[Plan, Occurrences]:
    planned = plan(request.query, index, deadline)
    found = occurrences(index, planned, request.filters, deadline)
    if request.sort is not LineSort.POSITION:
        # Stable: lines with the same neighbours stay in the order of the text.
        found.found.sort(key=_neighbours(index, request.sort, deadline))
    return planned, found


def _neighbours(index: IndexReader, sort: LineSort, deadline: Deadline) -> Callable[[Occurrence], list[str]]:
    """The nearest words on one side of an occurrence, the nearest first."""

    def left(one: Occurrence) -> list[str]:
        deadline.check()
        before = words(index.texts.slice(one.book, one.start - _NEIGHBOUR_WIDTH, one.start))
        return before[: -_NEIGHBOURS - 1 : -1]

    def right(one: Occurrence) -> list[str]:
        deadline.check()
        return words(index.texts.slice(one.book, one.end, one.end + _NEIGHBOUR_WIDTH))[:_NEIGHBOURS]

    return left if sort is LineSort.LEFT else right


def _lines(
    index: IndexReader, found: Iterable[Occurrence], width: int, deadline: Deadline
) -> Iterator[ConcordanceLine]:
    return (_line(index, one, width) for one in deadline.each(found))


def _line(index: IndexReader, one: Occurrence, width: int) -> ConcordanceLine:
    located = index.books.passage(one.passage)
    section = located.section
    start = max(section.start, one.start - width)
    text = index.texts.slice(one.book, start, min(section.end, one.end + width))
    first, last = one.start - start, one.end - start
    return ConcordanceLine(
        book=index.books.books[one.book].id,
        section=section.id,
        reference=located.reference,
        start=one.start,
        left=_flat(text[:first]),
        match=_flat(text[first:last]),
        right=_flat(text[last:]),
    )


def _flat(text: str) -> str:
    """On one line: a break is a space, several are one."""
    flat = " ".join(text.split())
    return f"{' ' * text[:1].isspace()}{flat}{' ' * text[-1:].isspace()}" if flat else " "
