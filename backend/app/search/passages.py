"""Passages that match, as the index finds them: ordinals, scores, counts and texts."""

import tantivy

from app.index.books import Located
from app.index.reader import IndexReader
from app.index.schema import PASSAGE

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


def _count_of(result: tantivy.SearchResult) -> int:
    return result.count or 0  # type: ignore[attr-defined]  # tantivy's type stubs forget it
