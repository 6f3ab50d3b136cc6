"""Hits by book and by bucket."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import tantivy

from app.index.reader import IndexReader
from app.index.schema import BUCKET, BUCKETS
from app.search.compose import Composer

# tantivy refuses an aggregation of more than 65,000 buckets.
_MOST_BOOKS = 65_000 // BUCKETS


class Tally:
    """The hits of a query in each book, and in each of its equal parts."""

    def __init__(self, dispersion: dict[int, list[int]]) -> None:
        self.dispersion = dispersion
        self.hits = {book: sum(counts) for book, counts in dispersion.items()}

    @property
    def total(self) -> int:
        return sum(self.hits.values())

    def among(self, books: Sequence[int] | None) -> "Tally":
        """Only these books; None is all of them."""
        if books is None:
            return self
        return Tally({book: self.dispersion[book] for book in books if book in self.dispersion})


def tally_of(index: IndexReader, ordinals: Iterable[int]) -> Tally:
    """Of passages that are known one by one; for a few this is much faster than an aggregation."""
    dispersion: defaultdict[int, list[int]] = defaultdict(lambda: [0] * BUCKETS)
    for ordinal in ordinals:
        book, bucket = divmod(index.books.bucket(ordinal), BUCKETS)
        dispersion[book][bucket] += 1
    return Tally(dict(sorted(dispersion.items())))


def tally(index: IndexReader, query: tantivy.Query) -> Tally:
    size = BUCKETS * len(index.books.books)
    # Ordered by key, or tantivy orders them by count.
    terms = {"terms": {"field": BUCKET, "size": size, "segment_size": size, "order": {"_key": "asc"}}}
    counts = [0] * size
    for part in _parts(index, query):
        for entry in index.searcher.aggregate(part, {"buckets": terms})["buckets"]["buckets"]:
            counts[entry["key"]] = entry["doc_count"]
    slices = (counts[start : start + BUCKETS] for start in range(0, size, BUCKETS))
    return Tally({book: found for book, found in enumerate(slices) if any(found)})


def _parts(index: IndexReader, query: tantivy.Query) -> Iterator[tantivy.Query]:
    """The query over so many books at a time as tantivy counts at once."""
    extents = index.books.extents
    if len(extents) <= _MOST_BOOKS:
        yield query
        return
    for start in range(0, len(extents), _MOST_BOOKS):
        books = extents[start : start + _MOST_BOOKS]
        yield Composer(index).between(query, books[0].first, books[-1].last)
