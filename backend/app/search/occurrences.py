"""Every place where a query occurs, in the order of the text, up to a bound."""

from collections.abc import Iterator
from dataclasses import dataclass

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
    query = Composer(index.schema).in_books(plan.matches, filters.both())
    ordinals = passages.in_order(index, query, MAX_PASSAGES + 1)
    found: list[Occurrence] = []
    for ordinal in ordinals[:MAX_PASSAGES]:
        deadline.check()
        found += _of_passage(index, plan, ordinal)
        if len(found) > MAX_OCCURRENCES:
            return Occurrences(found[:MAX_OCCURRENCES], truncated=True)
    return Occurrences(found, truncated=len(ordinals) > MAX_PASSAGES)


def _of_passage(index: IndexReader, plan: Plan, ordinal: int) -> Iterator[Occurrence]:
    located = index.books.passage(ordinal)
    text = index.texts.slice(located.book, located.start, located.end)
    for start, end in plan.marker.marks(text):
        yield Occurrence(ordinal, located.book, located.start + start, located.start + end)
