"""Passages as answers: their text, reference and marks."""

from collections.abc import Iterable

import tantivy

from app.corpus.citations import cite
from app.index.books import Located
from app.index.reader import IndexReader
from app.index.schema import PASSAGE
from app.models import PassageHit
from app.search.deadline import Deadline
from app.search.marks import Marker

# (score, ordinal of the passage)
Scored = tuple[float, int]


def best(index: IndexReader, query: tantivy.Query, limit: int, offset: int = 0) -> list[Scored]:
    """The best passages first; equal ones in the order of the text."""
    return counted_best(index, query, limit, offset)[0] if limit else []


def counted_best(index: IndexReader, query: tantivy.Query, limit: int, offset: int) -> tuple[list[Scored], int]:
    """The same with how many match in all. `limit` is at least 1."""
    result = index.searcher.search(query, limit, offset=offset)
    return [(score, index.ordinal(address)) for score, address in result.hits], _count_of(result)


def count(index: IndexReader, query: tantivy.Query) -> int:
    """How many passages match."""
    return _count_of(index.searcher.search(query, 1))


def in_order(
    index: IndexReader, query: tantivy.Query, limit: int, order: tantivy.Order = tantivy.Order.Asc
) -> list[int]:
    """The first matching passages in the order of the text, or the last ones in the opposite order."""
    found = index.searcher.search(query, limit, count=False, order_by_field=PASSAGE, order=order).hits
    return [index.ordinal(address) for _, address in found]


def spoken(index: IndexReader, passage: Located) -> str:
    """The text of a passage, with spaces for the names of who speaks."""
    text = index.texts.slice(passage.book, passage.start, passage.end)
    return index.speakers.spoken(text, passage.book, passage.start)


def hits(index: IndexReader, marker: Marker, scored: Iterable[Scored], deadline: Deadline) -> list[PassageHit]:
    deadline.check()
    return [_hit(index, marker, score, ordinal) for score, ordinal in scored]


def _hit(index: IndexReader, marker: Marker, score: float, ordinal: int) -> PassageHit:
    book, section, start, end, first, last = index.books.passage(ordinal)
    text = index.texts.slice(book, start, end)
    return PassageHit(
        book=index.books.books[book].id,
        section=section.id,
        reference=cite(section, first, last),
        start=start,
        end=end,
        text=text,
        marks=marker.marks(index.speakers.spoken(text, book, start)),
        score=round(score, 4),
    )


def _count_of(result: tantivy.SearchResult) -> int:
    return result.count or 0  # type: ignore[attr-defined]  # tantivy's type stubs forget it
