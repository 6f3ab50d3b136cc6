"""One page of the passages that match, by book or in one list, with counts and dispersion."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

import tantivy

from app.index.reader import IndexReader
from app.models.results import BookHits, PassageHit
from app.search import passages
from app.search.matching import Composer, Plan, cost_of_finding
from app.search.passages import Scored
from app.search.request import Deadline
from app.search.results.hit_counts import among, dispersion, dispersion_of, hits_by_book
from app.search.results.passage_hits import passage_hits
from app.search.results.search_request import Group, SearchRequest, Sort

# How many of the best passages are fetched for each passage that a book shows, to find the best of each book among
# them. A book with too few among them needs a query of its own.
_POOL = 70
# From this cost on, a query of its own takes as long as fetching so many more passages.
_COSTLY, _FETCHED = 400, 1_000
# If the books fill at most this many pages, counting dispersion for all of them is as fast as for those of one page.
_PAGES = 2


class Results:
    """The results of a plan. Counts are computed only when they are used: they are half the cost of a page."""

    def __init__(self, index: IndexReader, request: SearchRequest, plan: Plan, offset: int) -> None:
        self._index, self._request, self._plan, self._offset = index, request, plan, offset
        self._composer = Composer(index)
        self._chosen = request.filters.both()
        self._is_by_book = request.group is Group.BOOK
        # A page by book is always made from the best passages, in whatever order it lists the books.
        self._is_ranked = self._is_by_book or request.sort is Sort.RELEVANCE
        self._best, self._found = self._look_up() if self._is_ranked else ([], 0)

    def _look_up(self) -> tuple[list[Scored], int]:
        """The best passages, from which the page is made, and how many match in the chosen books."""
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
        """The hits by book, in all books, ignoring the filters."""
        if self._chosen is None and self._is_by_book:
            return self.hits
        return hits_by_book(self._index, self._plan.matches)

    @cached_property
    def hits(self) -> Mapping[int, int]:
        """The hits by book, in the chosen books."""
        if not self._is_by_book:
            return among(self.everywhere, self._chosen)
        if self._dispersion is not None:
            return {book: sum(counts) for book, counts in self._dispersion.items()}
        return hits_by_book(self._index, self._composer.in_books(self._plan.matches, self._chosen))

    @cached_property
    def _dispersion(self) -> Mapping[int, list[int]] | None:
        """The dispersion in all chosen books, which gives their hits too. None if there are so many books that it is
        faster to count the hits by book first, and the dispersion only for the books of the page."""
        if len(self._best) == self._found:
            return dispersion_of(self._index, (ordinal for _, ordinal in self._best))
        most = len(self._index.books.books if self._chosen is None else self._chosen)
        return self._dispersion_in(self._chosen, most) if most <= _PAGES * self._request.limit else None

    def _dispersion_in(self, books: Sequence[int] | None, most: int) -> Mapping[int, list[int]]:
        return dispersion(self._index, self._composer.in_books(self._plan.matches, books), most)

    def books(self, deadline: Deadline) -> list[BookHits]:
        pool = self._pool(self._best)
        order = self._order(list(pool)) if self._request.sort is Sort.RELEVANCE else self._order()
        page = order[self._offset : self._offset + self._request.limit]
        counts = self._dispersion if self._dispersion is not None else self._dispersion_in(page, len(page))
        best = self._complete(pool, page, deadline)
        return [self._book(book, own, counts[book], deadline) for book, own in zip(page, best, strict=True)]

    def flat(self, deadline: Deadline) -> list[PassageHit]:
        if self._request.sort is Sort.RELEVANCE:
            return self._hits(self._best, deadline)
        limit, offset = self._request.limit, self._offset
        hits: list[PassageHit] = []
        for book in deadline.each(self._order()):
            size = self.hits[book]
            if offset < size:
                best = passages.best(self._index, self._only(book), min(limit - len(hits), size - offset), offset)
                hits += self._hits(best, deadline)
            offset = max(0, offset - size)
        return hits

    def _pool(self, best: Sequence[Scored]) -> dict[int, list[Scored]]:
        """These passages by book; the book with the best one comes first."""
        pool: defaultdict[int, list[Scored]] = defaultdict(list)
        book_of = self._index.books.book_of
        for scored in best:
            pool[book_of(scored[1])].append(scored)
        return pool

    def _complete(self, pool: dict[int, list[Scored]], page: Sequence[int], deadline: Deadline) -> list[list[Scored]]:
        """The passages to show of each book of the page, most of which the pool has. For the others, a costly query is
        repeated once, for all passages, and any other query for each of these books."""
        wanted = {book: min(self._request.passages, self.hits[book]) for book in page}
        lacking = [book for book in page if len(pool.get(book, ())) < wanted[book]]
        if self._found <= _FETCHED * len(lacking) and cost_of_finding(self._index, self._plan.query) > _COSTLY:
            pool, lacking = self._pool(passages.best(self._index, self._ranked(), self._found)), []
        for book in deadline.each(lacking):
            pool[book] = passages.best(self._index, self._only(book), wanted[book])
        return [pool.get(book, [])[: wanted[book]] for book in page]

    def _order(self, first: Sequence[int] = ()) -> list[int]:
        """The books with hits, in the requested order; with `first`, those come first and the rest by hits."""
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

    def _book(self, book: int, best: Sequence[Scored], counts: list[int], deadline: Deadline) -> BookHits:
        about, extent = self._index.books.books[book], self._index.books.extents[book]
        return BookHits(
            id=about.id,
            title=about.title,
            author=about.author,
            published=about.published,
            hits=self.hits[book],
            rate=round(self._rate(book), 2),
            dispersion=counts,
            divisions=extent.divisions,
            passages=self._hits(best, deadline),
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
