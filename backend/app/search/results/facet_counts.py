"""How many hits a different choice of books or authors would give."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from app.index.reader import IndexReader
from app.models.results import Facet, Facets
from app.search.request import Filters
from app.search.results.hit_counts import among

MOST = 50


def facets(index: IndexReader, hits: Mapping[int, int], filters: Filters) -> Facets:
    """The hits by book as if no book were chosen, and by author as if no author were, so that more can be chosen. Lists
    the `MOST` with the most hits, and those that are chosen."""
    books = index.books.books
    authors: Counter[str] = Counter()
    for book, count in among(hits, filters.books).items():
        if author := books[book].author:
            authors[author] += count
    by_book = among(hits, filters.by_author)
    every_book = [(books[i].id, books[i].title, count) for i, count in by_book.items()]
    every_author = [(author, author, count) for author, count in authors.items()]
    of_books = _most(every_book, {books[i].id for i in filters.books or ()})
    of_authors = _most(every_author, {books[i].author for i in filters.by_author or ()})
    return Facets(
        books=of_books,
        authors=of_authors,
        more_books=len(every_book) - len(of_books),
        more_authors=len(every_author) - len(of_authors),
    )


def _most(counts: Iterable[tuple[str, str, int]], chosen: Collection[str | None]) -> list[Facet]:
    """The facets to show, from tuples of value, label and hits."""
    ordered = sorted(counts, key=lambda facet: (-facet[2], facet[1]))
    return [Facet(*facet) for place, facet in enumerate(ordered) if place < MOST or facet[0] in chosen]
