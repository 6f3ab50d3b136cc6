"""How many hits another choice of book or author would give."""

from collections import defaultdict
from collections.abc import Mapping

from app.index.reader import IndexReader
from app.models import Facet, Facets
from app.search.filters import Filters
from app.search.tally import among


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


def _sorted(facets: list[Facet]) -> list[Facet]:
    return sorted(facets, key=lambda facet: (-facet.hits, facet.label))
