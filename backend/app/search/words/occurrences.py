"""All occurrences of a query, in the order of the text, up to a limit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import gcd
from typing import NamedTuple

from app.errors import EmptyQuery
from app.index.reader import IndexReader
from app.search import passages
from app.search.matching import Composer, Plan
from app.search.query import TermKind, terms
from app.search.request import Deadline, Filters

# The limits of what one request may cost. The answer says when there is more.
MAX_PASSAGES = 5_000
MAX_PASSAGES_OF_MANY_WORDS = 1_000
MAX_OCCURRENCES = 10_000


class Occurrence(NamedTuple):
    """A match at [start, end) of the book with this ordinal, in the passage with this ordinal."""

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
    """The occurrences of a plan in the chosen books. Raises EmptyQuery for a query that only says who speaks."""
    _require_words(plan)
    most = _most(plan)
    ordinals = _matching(index, plan, filters, most + 1)
    listed = list(islice(_each(index, plan, ordinals[:most], deadline), MAX_OCCURRENCES + 1))
    truncated = len(listed) > MAX_OCCURRENCES or len(ordinals) > most
    return Occurrences(listed[:MAX_OCCURRENCES], truncated)


@dataclass(frozen=True, slots=True)
class Sample:
    """The occurrences in `read` of `matching` passages."""

    found: list[Occurrence]
    read: int
    matching: int


def sample(index: IndexReader, plan: Plan, filters: Filters, enough: int, deadline: Deadline) -> Sample:
    """All occurrences, or, once there are `enough`, those in a sample of passages that is spread evenly over all that
    match. The same query always gives the same sample. Raises EmptyQuery for a query that only says who speaks."""
    _require_words(plan)
    ordinals = _matching(index, plan, filters, index.books.passage_count)
    sampled: list[Occurrence] = []
    read = 0
    for i in islice(spread(len(ordinals)), _most(plan)):
        read += 1
        sampled += _each(index, plan, [ordinals[i]], deadline)
        if len(sampled) >= enough:
            break
    return Sample(sampled, read, len(ordinals))


def spread(count: int) -> Iterator[int]:
    """The numbers from 0 to count - 1 in an order of which every beginning is evenly spread: steps of the golden
    ratio."""
    step = round(count * (5**0.5 - 1) / 2)
    while gcd(step, count) > 1:
        step += 1
    return (i * step % count for i in range(count))


class Counts(NamedTuple):
    """Occurrences by ordinal of the book; `estimated` if only a sample of the passages was read."""

    by_book: Counter[int]
    estimated: bool = False


def count_by_book(index: IndexReader, plans: Sequence[Plan], deadline: Deadline) -> list[Counts]:
    """How often each plan occurs in each book. One request may read a limited number of passages: each plan gets an
    equal part of it, and what a plan does not need goes to the others."""
    matching = [passages.in_order(index, plan.matches, index.books.passage_count) for plan in plans]
    wanted = [len(ordinals) / _most(plan) for plan, ordinals in zip(plans, matching, strict=True)]
    counts: dict[int, Counts] = {}
    left = 1.0
    for i in sorted(range(len(plans)), key=wanted.__getitem__):
        part = min(wanted[i], left / (len(plans) - len(counts)))
        left -= part
        counts[i] = _counted(index, plans[i], matching[i], round(part * _most(plans[i])), deadline)
    return [counts[i] for i in range(len(plans))]


def _counted(index: IndexReader, plan: Plan, ordinals: Sequence[int], most: int, deadline: Deadline) -> Counts:
    """Counts in `most` of the passages, evenly spread, and scales each book up by its share of passages that were read.
    A book of which none was read gets the average."""
    read, counted = Counter[int](), Counter[int]()
    for i in deadline.each(islice(spread(len(ordinals)), most)):
        located = index.books.passage(ordinals[i])
        read[located.book] += 1
        counted[located.book] += len(plan.marker.occurrences(passages.spoken(index, located)))
    if read.total() == len(ordinals):
        return Counts(counted)
    average = counted.total() / read.total()
    matching = Counter(map(index.books.book_of, ordinals))
    each = {book: counted[book] / read[book] if read[book] else average for book in matching}
    return Counts(Counter({book: round(matching[book] * each[book]) for book in matching}), estimated=True)


def _require_words(plan: Plan) -> None:
    if all(term.kind is TermKind.SPEAKER for term in terms(plan.query.terms)):
        detail = "It says who speaks, not which words."
        raise EmptyQuery(detail, parameter="q", allowed="a word beside speaker:")


def _most(plan: Plan) -> int:
    """How many passages may be read."""
    return MAX_PASSAGES_OF_MANY_WORDS if plan.marker.has_many else MAX_PASSAGES


def _matching(index: IndexReader, plan: Plan, filters: Filters, limit: int) -> list[int]:
    query = Composer(index).in_books(plan.matches, filters.both())
    return passages.in_order(index, query, limit)


def _each(index: IndexReader, plan: Plan, ordinals: Iterable[int], deadline: Deadline) -> Iterator[Occurrence]:
    # Words of a query that stand together are one occurrence, but a repeated single word occurs twice.
    find = plan.marker.marks if len(plan.query.terms) > 1 else plan.marker.occurrences
    for ordinal in deadline.each(ordinals):
        located = index.books.passage(ordinal)
        for start, end in find(passages.spoken(index, located)):
            yield Occurrence(ordinal, located.book, located.start + start, located.start + end)
