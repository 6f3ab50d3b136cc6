"""The answer to a search: passages, by book or in one list, with counts, dispersion and facets."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import tantivy

from app.api.models import BookHits, Correction, Facet, Facets, PassageHit, SearchAnswer
from app.index.reader import IndexReader
from app.search import cursor, passages
from app.search.compose import Composer
from app.search.deadline import Deadline
from app.search.filters import Filters
from app.search.passages import Scored
from app.search.plan import Plan, plan
from app.search.query import Query
from app.search.tally import Tally, tally

# The best passages that are looked through for each book's best; a book with none among them is asked for its own.
_POOL = 200


class Sort(StrEnum):
    RELEVANCE = "relevance"
    RATE = "rate"
    YEAR = "year"
    TITLE = "title"


class Group(StrEnum):
    BOOK = "book"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What a page of results depends on. `passages` is how many are shown for each book."""

    query: Query
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    group: Group = Group.BOOK
    limit: int = 10
    cursor: str | None = None
    passages: int = 3
    correcting: bool = True
    facets: bool = True

    @property
    def scope(self) -> str:
        """All that decides the order of the results: what a cursor is bound to."""
        return repr((str(self.query), self.filters.both(), self.sort, self.group, self.correcting))


def search(index: IndexReader, request: SearchRequest, deadline: Deadline) -> SearchAnswer:
    """One page of results. Raises BadCursor and QueryTimeout."""
    scope = f"{index.manifest.corpus} {request.scope}"
    offset = cursor.decode(request.cursor, scope)
    planned = plan(request.query, index, correcting=request.correcting)
    deadline.check()
    counted = tally(index, planned.matches)
    found = _Results(index, request, planned, counted.among(request.filters.both()), offset)
    by_book = request.group is Group.BOOK
    more = offset + request.limit < (len(found.tally.hits) if by_book else found.tally.total)
    return SearchAnswer(
        query=str(planned.query),
        matching=planned.matching,
        complete=planned.complete,
        correction=_correction(request.query, planned),
        variants=planned.variants,
        hits=found.tally.total,
        books=found.books(deadline) if by_book else [],
        passages=[] if by_book else found.flat(deadline),
        facets=_facets(index, counted, request.filters) if request.facets else None,
        next=cursor.encode(offset + request.limit, scope) if more else None,
    )


class _Results:
    """One page of the results of a planned query."""

    def __init__(self, index: IndexReader, request: SearchRequest, plan: Plan, tally: Tally, offset: int) -> None:
        self.tally = tally
        self._index, self._request, self._plan, self._offset = index, request, plan, offset
        self._composer = Composer(index.schema)

    def books(self, deadline: Deadline) -> list[BookHits]:
        pool = self._pool()
        order = self._order(list(pool)) if self._request.sort is Sort.RELEVANCE else self._order()
        page = order[self._offset : self._offset + self._request.limit]
        shown = []
        for book in page:
            deadline.check()
            shown.append(self._book(book, pool.get(book, ())))
        return shown

    def flat(self, deadline: Deadline) -> list[PassageHit]:
        limit, offset = self._request.limit, self._offset
        if self._request.sort is Sort.RELEVANCE:
            ranked = self._composer.in_books(self._plan.ranked, self._request.filters.both())
            return self._hits(passages.best(self._index, ranked, limit, offset))
        found: list[PassageHit] = []
        for book in self._order():
            deadline.check()
            size = self.tally.hits[book]
            if offset < size:
                one = passages.best(self._index, self._only(book), min(limit - len(found), size - offset), offset)
                found += self._hits(one)
            offset = max(0, offset - size)
        return found

    def _pool(self) -> dict[int, list[Scored]]:
        """The best passages by book, the book with the best one first."""
        ranked = self._composer.in_books(self._plan.ranked, self._request.filters.both())
        pool: defaultdict[int, list[Scored]] = defaultdict(list)
        for scored in passages.best(self._index, ranked, _POOL):
            pool[self._index.books.book_of(scored[1])].append(scored)
        return pool

    def _order(self, first: Sequence[int] = ()) -> list[int]:
        """The books with hits in the order asked for; with `first`, those in front and the rest by hits."""
        books, hits = self._index.books.books, self.tally.hits
        match self._request.sort:
            case Sort.RELEVANCE:
                return [*first, *sorted(hits.keys() - set(first), key=lambda book: (-hits[book], book))]
            case Sort.RATE:
                return sorted(hits, key=lambda book: (-self._rate(book), book))
            case Sort.YEAR:
                return sorted(hits, key=lambda book: (books[book].year or 9999, book))
            case Sort.TITLE:
                return sorted(hits, key=lambda book: (books[book].title.removeprefix("The "), book))

    def _book(self, book: int, pool: Sequence[Scored]) -> BookHits:
        about, extent = self._index.books.books[book], self._index.books.extents[book]
        wanted = min(self._request.passages, self.tally.hits[book])
        scored = pool[:wanted] if len(pool) >= wanted else passages.best(self._index, self._only(book), wanted)
        return BookHits(
            id=about.id,
            title=about.title,
            author=about.author,
            published=about.published,
            hits=self.tally.hits[book],
            rate=round(self._rate(book), 2),
            dispersion=self.tally.dispersion[book],
            divisions=extent.divisions,
            passages=self._hits(scored),
        )

    def _hits(self, scored: Sequence[Scored]) -> list[PassageHit]:
        return passages.hits(self._index, self._plan.marker, scored)

    def _only(self, book: int) -> tantivy.Query:
        return self._composer.in_books(self._plan.ranked, [book])

    def _rate(self, book: int) -> float:
        """Hits per 10,000 words."""
        return 10_000 * self.tally.hits[book] / max(1, self._index.books.extents[book].words)


def _correction(original: Query, planned: Plan) -> Correction | None:
    if not planned.replaced:
        return None
    return Correction(original=str(original), corrected=str(planned.query), words=planned.replaced)


def _facets(index: IndexReader, counted: Tally, filters: Filters) -> Facets:
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
