"""How many hits another choice of book or author would give."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from app.index.reader import IndexReader
from app.models import Facet, Facets
from app.search.filters import Filters


def facets(index: IndexReader, hits: Mapping[int, int], filters: Filters) -> Facets:
    """Hits by book as if no book were chosen, and by author as if no author were, so that another can be added."""
    books = index.books.books
    authors: defaultdict[str, int] = defaultdict(int)
    for book, count in among(hits, filters.books).items():
        if author := books[book].author:
            authors[author] += count
    by_book = among(hits, filters.by_author)
    return Facets(
        books=_sorted([Facet(value=books[i].id, label=books[i].title, hits=count) for i, count in by_book.items()]),
        authors=_sorted([Facet(value=author, label=author, hits=count) for author, count in authors.items()]),
    )


def among(hits: Mapping[int, int], chosen: Collection[int] | None) -> Mapping[int, int]:
    """Only the hits in these books; None is all of them."""
    return hits if chosen is None else {book: count for book, count in hits.items() if book in chosen}


def _sorted(facets: list[Facet]) -> list[Facet]:
    return sorted(facets, key=lambda facet: (-facet.hits, facet.label))
