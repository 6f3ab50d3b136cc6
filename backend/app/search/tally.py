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
    counts = [0] * size
    for entry in index.searcher.aggregate(query, {"buckets": terms})["buckets"]["buckets"]:
        counts[int(entry["key"])] = entry["doc_count"]
    slices = (counts[start : start + BUCKETS] for start in range(0, size, BUCKETS))
    return Tally({book: found for book, found in enumerate(slices) if any(found)})
