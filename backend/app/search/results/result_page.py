"""Passages that match, by book or in one list, with counts and dispersion."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

import tantivy

from app.index.reader import IndexReader
from app.models.results import BookHits, PassageHit
from app.search import passages
from app.search.matching import Composer, Plan
from app.search.passages import Scored
from app.search.request import Deadline
from app.search.results.hit_counts import among, dispersion, dispersion_of, hits_by_book
from app.search.results.passage_hits import passage_hits
from app.search.results.search_request import Group, SearchRequest, Sort

# The best passages that are looked through for each book's best, for each passage that is shown of a book. A book with
# too few among them is asked for its own, which takes as long as to find all of these.
_POOL = 70
# To count the hits in the parts of all books takes as long as to do it for those of a page, when they fill so many.
_PAGES = 2


class Results:
    """The results of a planned query. What is not asked for is not counted: counting is half the cost of a page."""

    def __init__(self, index: IndexReader, request: SearchRequest, plan: Plan, offset: int) -> None:
        self._index, self._request, self._plan, self._offset = index, request, plan, offset
        self._composer = Composer(index)
        self._chosen = request.filters.both()
        self._is_by_book = request.group is Group.BOOK
        # Every page by book is made from the best passages, in whatever order it shows the books.
        self._is_ranked = self._is_by_book or request.sort is Sort.RELEVANCE
        self._best, self._found = self._look_up() if self._is_ranked else ([], 0)

    def _look_up(self) -> tuple[list[Scored], int]:
        """The best passages that the page is made from, and how many match in the chosen books."""
        limit, offset = (
            (_POOL * max(3, self._request.passages), 0) if self._is_by_book else (self._request.limit, self._offset)
        )
        return passages.counted_best(self._index, self._ranked(), limit, offset)

    @property
    def matching(self) -> int:
        """How many passages match in all books."""
        if self._chosen is None:
            return self.total
        if self._request.facets:
            return sum(self.everywhere.values())
        return passages.count(self._index, self._plan.matches)

    @property
    def total(self) -> int:
        """How many passages match in the chosen books."""
        return self._found if self._is_ranked else sum(self.hits.values())

    @cached_property
    def everywhere(self) -> Mapping[int, int]:
        """The hits by book in all books, whatever the filters."""
        if self._chosen is None and self._is_by_book:
            return self.hits
        return hits_by_book(self._index, self._plan.matches)

    @cached_property
    def hits(self) -> Mapping[int, int]:
        """The hits by book in the chosen books."""
        if not self._is_by_book:
            return among(self.everywhere, self._chosen)
        if self._dispersion is not None:
            return {book: sum(counts) for book, counts in self._dispersion.items()}
        return hits_by_book(self._index, self._composer.in_books(self._plan.matches, self._chosen))

    @cached_property
    def _dispersion(self) -> Mapping[int, list[int]] | None:
        """Of all chosen books, which also gives their hits; None where they are so many that those of a page alone are
        sooner counted, after the hits by book."""
        if len(self._best) == self._found:
            return dispersion_of(self._index, (ordinal for _, ordinal in self._best))
        most = len(self._index.books.books if self._chosen is None else self._chosen)
        return self._dispersion_in(self._chosen, most) if most <= _PAGES * self._request.limit else None

    def _dispersion_in(self, books: Sequence[int] | None, most: int) -> Mapping[int, list[int]]:
        return dispersion(self._index, self._composer.in_books(self._plan.matches, books), most)

    def books(self, deadline: Deadline) -> list[BookHits]:
        pool = self._pool()
        order = self._order(list(pool)) if self._request.sort is Sort.RELEVANCE else self._order()
        page = order[self._offset : self._offset + self._request.limit]
        counts = self._dispersion if self._dispersion is not None else self._dispersion_in(page, len(page))
        return [self._book(book, pool.get(book, ()), counts[book], deadline) for book in page]

    def flat(self, deadline: Deadline) -> list[PassageHit]:
        if self._request.sort is Sort.RELEVANCE:
            return self._hits(self._best, deadline)
        limit, offset = self._request.limit, self._offset
        found: list[PassageHit] = []
        for book in deadline.each(self._order()):
            size = self.hits[book]
            if offset < size:
                one = passages.best(self._index, self._only(book), min(limit - len(found), size - offset), offset)
                found += self._hits(one, deadline)
            offset = max(0, offset - size)
        return found

    def _pool(self) -> dict[int, list[Scored]]:
        """The best passages by book, the book with the best one first."""
        pool: defaultdict[int, list[Scored]] = defaultdict(list)
        book_of = self._index.books.book_of
        for scored in self._best:
            pool[book_of(scored[1])].append(scored)
        return pool

    def _order(self, first: Sequence[int] = ()) -> list[int]:
        """The books with hits in the order asked for; with `first`, those in front and the rest by hits."""
        books, hits = self._index.books, self.hits
        match self._request.sort:
            case Sort.RELEVANCE:
                return [*first, *sorted(hits.keys() - set(first), key=lambda book: (-hits[book], book))]
            case Sort.RATE:
                return sorted(hits, key=lambda book: (-self._rate(book), book))
            case Sort.YEAR:
                return [book for book in books.by_year if book in hits]
            case Sort.TITLE:
                return sorted(hits, key=lambda book: (books.books[book].title.removeprefix("The "), book))

    def _book(self, book: int, pool: Sequence[Scored], counts: list[int], deadline: Deadline) -> BookHits:
        about, extent = self._index.books.books[book], self._index.books.extents[book]
        wanted = min(self._request.passages, self.hits[book])
        scored = pool[:wanted] if len(pool) >= wanted else passages.best(self._index, self._only(book), wanted)
        return BookHits(
            id=about.id,
            title=about.title,
            author=about.author,
            published=about.published,
            hits=self.hits[book],
            rate=round(self._rate(book), 2),
            dispersion=counts,
            divisions=extent.divisions,
            passages=self._hits(scored, deadline),
        )

    def _hits(self, scored: Sequence[Scored], deadline: Deadline) -> list[PassageHit]:
        return passage_hits(self._index, self._plan.marker, scored, deadline)

    def _ranked(self) -> tantivy.Query:
        return self._composer.in_books(self._plan.ranked, self._chosen)

    def _only(self, book: int) -> tantivy.Query:
        return self._composer.in_books(self._plan.ranked, [book])

    def _rate(self, book: int) -> float:
        """Hits per 10,000 words."""
        return 10_000 * self.hits[book] / max(1, self._index.books.extents[book].words)
