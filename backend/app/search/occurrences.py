"""Every place where a query occurs, in the order of the text, up to a bound."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from app.index.reader import IndexReader
from app.search import passages
from app.search.compose import Composer
from app.search.deadline import Deadline
from app.search.filters import Filters
from app.search.plan import Plan

# They bound what one request may cost; who asks for more is told that there is more.
MAX_PASSAGES = 5_000
MAX_OCCURRENCES = 10_000


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A match at [start, end) of the book, in the passage with this ordinal."""

    passage: int
    book: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The first occurrences, and whether there are more."""

    found: list[Occurrence]
    truncated: bool


def occurrences(index: IndexReader, plan: Plan, filters: Filters, deadline: Deadline) -> Occurrences:
    ordinals = _matching(index, plan, filters, MAX_PASSAGES + 1)
    found = list(islice(_each(index, plan, ordinals[:MAX_PASSAGES], deadline), MAX_OCCURRENCES + 1))
    truncated = len(found) > MAX_OCCURRENCES or len(ordinals) > MAX_PASSAGES
    return Occurrences(found[:MAX_OCCURRENCES], truncated)


def count_by_book(index: IndexReader, plan: Plan, deadline: Deadline) -> Counter[int]:
    """How many there are in each book, by its ordinal: all of them, since a part of them would mislead."""
    ordinals = _matching(index, plan, Filters(), index.books.passage_count)
    return Counter(one.book for one in _each(index, plan, ordinals, deadline))


def _matching(index: IndexReader, plan: Plan, filters: Filters, limit: int) -> list[int]:
    query = Composer(index).in_books(plan.matches, filters.both())
    return passages.in_order(index, query, limit)


def _each(index: IndexReader, plan: Plan, ordinals: Iterable[int], deadline: Deadline) -> Iterator[Occurrence]:
    # Several words of a query that stand together are one match, but a word that is repeated occurs twice.
    find = plan.marker.marks if len(plan.query.terms) > 1 else plan.marker.occurrences
    for ordinal in deadline.each(ordinals):
        located = index.books.passage(ordinal)
        for start, end in find(index.texts.slice(located.book, located.start, located.end)):
            yield Occurrence(ordinal, located.book, located.start + start, located.start + end)
