"""Hits by book and by bucket."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import tantivy

from app.index.reader import IndexReader
from app.index.schema import BUCKET, BUCKETS
from app.search.compose import Composer

# tantivy refuses an aggregation of more than 65,000 buckets.
_MOST_BOOKS = 65_000 // BUCKETS


def hits_by_book(index: IndexReader, query: tantivy.Query) -> dict[int, int]:
    """How many passages match in each book that has any."""
    by_book = {"histogram": {"field": BUCKET, "interval": BUCKETS, "min_doc_count": 1}}
    return {int(entry["key"]) // BUCKETS: entry["doc_count"] for entry in _entries(index, query, by_book)}


def among(hits: Mapping[int, int], chosen: Collection[int] | None) -> Mapping[int, int]:
    """Only the hits in these books; None is all of them."""
    return hits if chosen is None else {book: count for book, count in hits.items() if book in chosen}


def dispersion(index: IndexReader, query: tantivy.Query) -> dict[int, list[int]]:
    """How many match in each equal part of each book that has any."""
    size = BUCKETS * len(index.books.books)
    # Ordered by key, or tantivy orders them by count.
    by_bucket = {"terms": {"field": BUCKET, "size": size, "segment_size": size, "order": {"_key": "asc"}}}
    counts = [0] * size
    for part in _parts(index, query):
        for entry in _entries(index, part, by_bucket):
            counts[entry["key"]] = entry["doc_count"]
    slices = (counts[start : start + BUCKETS] for start in range(0, size, BUCKETS))
    return {book: found for book, found in enumerate(slices) if any(found)}


def dispersion_of(index: IndexReader, ordinals: Iterable[int]) -> dict[int, list[int]]:
    """Of passages that are known one by one; for a few this is much faster than an aggregation."""
    found: defaultdict[int, list[int]] = defaultdict(lambda: [0] * BUCKETS)
    for ordinal in ordinals:
        book, bucket = divmod(index.books.bucket(ordinal), BUCKETS)
        found[book][bucket] += 1
    return dict(found)


def _entries(index: IndexReader, query: tantivy.Query, aggregation: dict[str, Any]) -> list[dict[str, Any]]:
    """The buckets that an aggregation finds, each with its key and its count."""
    entries: list[dict[str, Any]] = index.searcher.aggregate(query, {"found": aggregation})["found"]["buckets"]
    return entries


def _parts(index: IndexReader, query: tantivy.Query) -> Iterator[tantivy.Query]:
    """The query over so many books at a time as tantivy counts at once."""
    extents = index.books.extents
    if len(extents) <= _MOST_BOOKS:
        yield query
        return
    for start in range(0, len(extents), _MOST_BOOKS):
        books = extents[start : start + _MOST_BOOKS]
        yield Composer(index).between(query, books[0].first, books[-1].last)
