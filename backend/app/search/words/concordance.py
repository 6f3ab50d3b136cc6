"""Keyword in context: every occurrence on a line of its own, with the text to the left and right of it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.index.reader import IndexReader
from app.models.query import Reading
from app.models.words import Concordance, ConcordanceLine
from app.search.matching import Plan, plan
from app.search.query import Query
from app.search.request import Deadline, Filters, decode_cursor, encode_cursor
from app.search.words.line_sort import Levels, LineSort, levels, sort_key
from app.search.words.occurrences import Occurrence, Occurrences, occurrences
from app.writing import columns, may_part


@dataclass(frozen=True, slots=True)
class ConcordanceRequest:
    """`sort` is a list of levels; the second one decides between lines that are equal in the first. `width` limits the
    text on either side, in columns: as many Latin letters, or half as many Chinese characters."""

    query: Query
    filters: Filters = field(default_factory=Filters)
    sort: tuple[LineSort, ...] = ()
    width: int = 50
    limit: int = 50
    cursor: str | None = None
    reading: Reading | None = None

    @property
    def levels(self) -> Levels:
        return levels(self.sort)

    @property
    def scope(self) -> str:
        return repr((str(self.query), self.filters.both(), self.levels))


def concordance_page(index: IndexReader, request: ConcordanceRequest, deadline: Deadline) -> Concordance:
    """One page of lines. Raises BadCursor, EmptyQuery or QueryTimeout."""
    scope = f"{index.manifest.corpus} concordance {request.scope}"
    offset = decode_cursor(request.cursor, scope)
    planned, listed = _sorted(index, request, deadline)
    end = offset + request.limit
    return Concordance(
        query=str(planned.query),
        reading=request.reading,
        variants=planned.variants,
        total=len(listed.found),
        truncated=listed.truncated,
        lines=list(_lines(index, listed.found[offset:end], request.width, deadline)),
        next=encode_cursor(end, scope) if end < len(listed.found) else None,
    )


@dataclass(frozen=True, slots=True)
class AllLines:
    """The query that was searched, the number of lines, whether more occurrences exist, and the lines, each made when
    it is taken."""

    query: Query
    total: int
    truncated: bool
    lines: Iterator[ConcordanceLine]


def all_lines(index: IndexReader, request: ConcordanceRequest, deadline: Deadline) -> AllLines:
    """Every line, regardless of limit and cursor."""
    planned, listed = _sorted(index, request, deadline)
    lines = _lines(index, listed.found, request.width, deadline)
    return AllLines(planned.query, len(listed.found), listed.truncated, lines)


def _sorted(index: IndexReader, request: ConcordanceRequest, deadline: Deadline) -> tuple[Plan, Occurrences]:
    planned = plan(request.query, index, deadline)
    listed = occurrences(index, planned, request.filters, deadline)
    if request.levels:
        # The sort is stable: lines that are equal in all levels stay in the order of the text.
        listed.found.sort(key=sort_key(index, request.levels, deadline))
    return planned, listed


def _lines(
    index: IndexReader, listed: Iterable[Occurrence], width: int, deadline: Deadline
) -> Iterator[ConcordanceLine]:
    return (_line(index, occurrence, width) for occurrence in deadline.each(listed))


def _line(index: IndexReader, occurrence: Occurrence, width: int) -> ConcordanceLine:
    located = index.books.passage(occurrence.passage)
    section = located.section
    # One more character on either side shows whether a word is cut.
    start = max(section.start, occurrence.start - width - 1)
    text = index.texts.slice(occurrence.book, start, min(section.end, occurrence.end + width + 1))
    first, last = occurrence.start - start, occurrence.end - start
    left, right = text[:first], text[last:]
    return ConcordanceLine(
        book=index.books.books[occurrence.book].id,
        section=section.id,
        reference=located.reference,
        short=located.short_reference,
        start=occurrence.start,
        left=_flat(_whole_words(left[::-1], width)[::-1]).lstrip(),
        match=_flat(text[first:last]),
        right=_flat(_whole_words(right, width)).rstrip(),
    )


def _whole_words(text: str, width: int) -> str:
    """The first words of the text that fit into `width` columns. Where nothing shows where a word ends, the text is cut
    at the width."""
    is_plain = text.isascii()
    most = width if is_plain else bisect_right(list(columns(text)), width)
    if most >= len(text):
        return text
    cut = most
    while cut and not (text[cut].isspace() or (not is_plain and may_part(text[cut - 1], text[cut]))):
        cut -= 1
    return text[: cut if cut or text[0].isspace() else most]


def _flat(text: str) -> str:
    """The text on one line: each run of white space is one space."""
    flat = " ".join(text.split())
    return f"{' ' * text[:1].isspace()}{flat}{' ' * text[-1:].isspace()}" if flat else " "
