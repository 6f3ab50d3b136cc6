"""Hits by book, and by bucket: an equal part of a book."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import tantivy

from app.index.dispersion import BUCKETS
from app.index.reader import IndexReader
from app.index.schema import BUCKET


def hits_by_book(index: IndexReader, query: tantivy.Query) -> dict[int, int]:
    """How many passages match in each book that has any."""
    by_book = {"histogram": {"field": BUCKET, "interval": BUCKETS, "min_doc_count": 1}}
    book_of = index.books.by_number
    return {book_of[int(entry["key"]) // BUCKETS]: entry["doc_count"] for entry in _entries(index, query, by_book)}


def among(hits: Mapping[int, int], chosen: Collection[int] | None) -> Mapping[int, int]:
    """The hits in these books only; None is all of them."""
    return hits if chosen is None else {book: count for book, count in hits.items() if book in chosen}


def dispersion(index: IndexReader, query: tantivy.Query, most: int) -> dict[int, list[int]]:
    """The hits in each bucket of each book that has any. `most` is an upper bound of the number of those books; tantivy
    allows about 1,000."""
    size = BUCKETS * most
    # By default tantivy orders buckets by count.
    by_bucket = {"terms": {"field": BUCKET, "size": size, "segment_size": size, "order": {"_key": "asc"}}}
    by_number: defaultdict[int, list[int]] = defaultdict(lambda: [0] * BUCKETS)
    for entry in _entries(index, query, by_bucket):
        number, bucket = divmod(entry["key"], BUCKETS)
        by_number[number][bucket] = entry["doc_count"]
    return {index.books.by_number[number]: counts for number, counts in by_number.items()}


def dispersion_of(index: IndexReader, ordinals: Iterable[int]) -> dict[int, list[int]]:
    """The same for given passages; for a few of them this is much faster than an aggregation."""
    by_book: defaultdict[int, list[int]] = defaultdict(lambda: [0] * BUCKETS)
    for ordinal in ordinals:
        book, bucket = index.books.bucket(ordinal)
        by_book[book][bucket] += 1
    return dict(by_book)


def _entries(index: IndexReader, query: tantivy.Query, aggregation: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries that an aggregation returns, each with its key and its count."""
    entries: list[dict[str, Any]] = index.searcher.aggregate(query, {"found": aggregation})["found"]["buckets"]
    return entries
