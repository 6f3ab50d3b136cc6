"""Passages that match, as the index returns them: ordinals, scores, counts and texts."""

import tantivy

from app.index.books import Located
from app.index.reader import IndexReader
from app.index.schema import PASSAGE

# (score, ordinal of the passage)
Scored = tuple[float, int]


def best(index: IndexReader, query: tantivy.Query, limit: int, offset: int = 0) -> list[Scored]:
    """The passages with the highest scores first; equal scores in the order of the text."""
    return counted_best(index, query, limit, offset)[0] if limit else []


def counted_best(index: IndexReader, query: tantivy.Query, limit: int, offset: int) -> tuple[list[Scored], int]:
    """The same, and how many passages match in all. `limit` is at least 1."""
    result = index.searcher.search(query, limit, offset=offset)
    return [(score, index.ordinal(address)) for score, address in result.hits], _count_of(result)


def count(index: IndexReader, query: tantivy.Query) -> int:
    """How many passages match the query."""
    return _count_of(index.searcher.search(query, 1))


def in_order(
    index: IndexReader, query: tantivy.Query, limit: int, order: tantivy.Order = tantivy.Order.Asc
) -> list[int]:
    """The first passages that match, in the order of the text; with `tantivy.Order.Desc` the last ones, backwards."""
    found = index.searcher.search(query, limit, count=False, order_by_field=PASSAGE, order=order).hits
    return [index.ordinal(address) for _, address in found]


def spoken(index: IndexReader, passage: Located) -> str:
    """The text of a passage, in which spaces replace the names of speakers, so that offsets stay the same."""
    text = index.texts.slice(passage.book, passage.start, passage.end)
    return index.speakers.spoken(text, passage.book, passage.start)


def _count_of(result: tantivy.SearchResult) -> int:
    return result.count or 0  # type: ignore[attr-defined]  # tantivy's type stubs forget it
