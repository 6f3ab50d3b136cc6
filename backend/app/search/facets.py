"""How many hits another choice of book or author would give."""

from collections import defaultdict

from app.index.reader import IndexReader
from app.models import Facet, Facets
from app.search.filters import Filters
from app.search.tally import Tally


def facets(index: IndexReader, counted: Tally, filters: Filters) -> Facets:
    """Hits by book as if no book were chosen, and by author as if no author were, so that another can be added."""
    books = index.books.books
    by_book = counted.among(None if filters.by_author is None else sorted(filters.by_author)).hits
    authors: defaultdict[str, int] = defaultdict(int)
    for book, hits in counted.among(None if filters.books is None else sorted(filters.books)).hits.items():
        if author := books[book].author:
            authors[author] += hits
    return Facets(
        books=_sorted([Facet(value=books[i].id, label=books[i].title, hits=hits) for i, hits in by_book.items()]),
        authors=_sorted([Facet(value=author, label=author, hits=hits) for author, hits in authors.items()]),
    )


def _sorted(facets: list[Facet]) -> list[Facet]:
    return sorted(facets, key=lambda facet: (-facet.hits, facet.label))
