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
    return _numbered(index, result), _count_of(result)


def count(index: IndexReader, query: tantivy.Query) -> int:
    """How many passages match the query."""
    return _count_of(index.searcher.search(query, 1))


def in_order(index: IndexReader, query: tantivy.Query, limit: int) -> list[int]:
    """The first matching passages in the order of the text, which is that of passages with equal scores."""
    result = index.searcher.search(tantivy.Query.const_score_query(query, 0.0), limit, count=False)
    return [ordinal for _, ordinal in _numbered(index, result)]


def last(index: IndexReader, query: tantivy.Query) -> int | None:
    """The last matching passage, of those of one book."""
    result = index.searcher.search(query, 1, count=False, order_by_field=PASSAGE, order=tantivy.Order.Desc)
    return next((ordinal for _, ordinal in _numbered(index, result)), None)


def spoken(index: IndexReader, passage: Located) -> str:
    """The text of a passage, in which spaces replace the names of speakers, so that offsets stay the same."""
    text = index.texts.slice(passage.book, passage.start, passage.end)
    return index.speakers.spoken(text, passage.book, passage.start)


def _numbered(index: IndexReader, result: tantivy.SearchResult) -> list[Scored]:
    """The passages by their ordinals, where tantivy has addresses."""
    firsts = index.books.first_passages
    return [(score, firsts[address.segment_ord] + address.doc) for score, address in result.hits]


def _count_of(result: tantivy.SearchResult) -> int:
    return result.count or 0  # type: ignore[attr-defined]  # tantivy's type stubs forget it
