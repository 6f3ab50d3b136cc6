"""Hits by book and by bucket, from one aggregation."""

from collections.abc import Sequence

import tantivy

from app.index.reader import IndexReader
from app.index.schema import BUCKET, BUCKETS


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


def tally(index: IndexReader, query: tantivy.Query) -> Tally:
    size = BUCKETS * len(index.books.books)
    terms = {"terms": {"field": BUCKET, "size": size, "segment_size": size}}
    dispersion: dict[int, list[int]] = {}
    for entry in index.searcher.aggregate(query, {"buckets": terms})["buckets"]["buckets"]:
        book, bucket = divmod(int(entry["key"]), BUCKETS)
        counts = dispersion.get(book)
        if counts is None:
            counts = dispersion[book] = [0] * BUCKETS
        counts[bucket] = entry["doc_count"]
    return Tally(dict(sorted(dispersion.items())))
