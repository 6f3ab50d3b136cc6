"""How often several terms occur in each book."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from app.errors import NotComparable, blaming
from app.index.reader import IndexReader
from app.models import query as answers
from app.models.words import BookFrequency, Comparison, HighestRate
from app.search.matching import Composer, Plan, expand, merge_variants, plan, require_bounded, ways_to_write
from app.search.query import Node, Notice, Query, Term, TermKind, every_term, read_query, terms
from app.search.request import Deadline, decode_cursor, encode_cursor
from app.search.words.occurrences import Counts, count_by_book

MAX_TERMS = 5

_ALLOWED = "a word, a phrase or a prefix*, or some with OR or NEAR between them"
_OF_PHRASES = (TermKind.WORD, TermKind.EXACT, TermKind.PHRASE)


class Compared(NamedTuple):
    """A term to compare, as it was typed and as it was read, with notices."""

    text: str
    node: Node
    notices: tuple[Notice, ...]


class CompareSort(StrEnum):
    """The order of the books: by year, or by the highest rate that any of the terms has in each."""

    YEAR = "year"
    RATE = "rate"


class CompareRequest(NamedTuple):
    compared: Sequence[Compared]
    sort: CompareSort = CompareSort.YEAR
    limit: int = 100
    cursor: str | None = None


def compare(index: IndexReader, request: CompareRequest, deadline: Deadline) -> Comparison:
    """One page of the books, with how often each term occurs in each. Raises a RequestError."""
    nodes, composer = [term.node for term in request.compared], Composer(index)
    scope = f"{index.manifest.corpus} compare {nodes} {request.sort}"
    offset = decode_cursor(request.cursor, scope)
    by_term = _counts(index, request.compared, deadline)
    counts = [count.by_book for count in by_term]
    order = _order(index, request.sort, counts)
    end = offset + request.limit
    return Comparison(
        terms=list(map(str, nodes)),
        notices=[answers.Notice(*notice) for term in request.compared for notice in term.notices],
        variants=merge_variants(composer.look_up(term).variants for term in dict.fromkeys(terms(nodes))),
        totals=[counted.total() for counted in counts],
        highest=[_highest(index, counted) for counted in counts],
        estimated=[count.estimated for count in by_term],
        books=[_frequency(index, book, counts) for book in order[offset:end]],
        next=encode_cursor(end, scope) if end < len(order) else None,
    )


def one_term(text: str) -> Compared:
    """The term that the text asks to compare; several words are a phrase. Raises a RequestError."""
    with blaming("term", text):
        query, _, fields, said = read_query(text)
        if fields:
            raise _not_comparable("It chooses books, but all are compared.")
        if any(term.kind is TermKind.SPEAKER for term in every_term(query)):
            raise _not_comparable("Who speaks is not counted.")
        if query.excluded:
            raise _not_comparable("It excludes words.")
        return Compared(text, query.terms[0] if len(query.terms) == 1 else _phrase(query), said)


def _not_comparable(detail: str) -> NotComparable:
    return NotComparable(detail, parameter="term", allowed=_ALLOWED)


def _phrase(query: Query) -> Term:
    words = [term.words for term in query.terms if isinstance(term, Term) and term.kind in _OF_PHRASES]
    if len(words) < len(query.terms):
        raise _not_comparable("It has more than one term.")
    return Term(TermKind.PHRASE, tuple(chain.from_iterable(words)))


def _counts(index: IndexReader, compared: Sequence[Compared], deadline: Deadline) -> list[Counts]:
    """The counts of each term. Texts are searched only after all terms are known to be allowed, and only for terms that
    are not counted in the index."""
    ready = []
    for text, node, _ in compared:
        with blaming("term", text):
            ready.append(_ready(index, node, deadline))
    searched = iter(count_by_book(index, [entry for entry in ready if isinstance(entry, Plan)], deadline))
    return [next(searched) if isinstance(entry, Plan) else Counts(entry) for entry in ready]


def _ready(index: IndexReader, node: Node, deadline: Deadline) -> Counter[int] | Plan:
    """The counts by ordinal of the book, for single words and pairs of frequent words, which are counted in the index;
    for other terms the plan of how to count them."""
    require_bounded(terms([node]), index)
    if isinstance(node, Term):
        forms = expand(node, index.vocabulary).forms
        if len(forms) == 1 and len([*ways_to_write(node, index)]) == 1:
            counted: Counter[int] = Counter()
            for form in forms[0]:
                counted.update(dict(index.word_counts.of(form)))
            return counted
        if (pair := index.pairs.of(node.words)) is not None:
            return Counter(dict(pair))
    planned = plan(Query((node,)), index, deadline)
    return Counter() if planned.matching == "any" else planned


def _order(index: IndexReader, sort: CompareSort, counts: Sequence[Counter[int]]) -> Sequence[int]:
    by_year = index.books.by_year
    if sort is CompareSort.YEAR:
        return by_year
    return sorted(by_year, key=lambda book: -max(_rate(index, book, counted) for counted in counts))


def _highest(index: IndexReader, counted: Counter[int]) -> HighestRate | None:
    if not counted.total():
        return None
    book = max(sorted(counted), key=lambda book: _rate(index, book, counted))
    about = index.books.books[book]
    return HighestRate(about.id, about.title, _rate(index, book, counted))


def _rate(index: IndexReader, book: int, counted: Counter[int]) -> float:
    """Occurrences per 10,000 words."""
    return round(10_000 * counted[book] / max(1, index.books.extents[book].words), 2)


def _frequency(index: IndexReader, book: int, counts: Sequence[Counter[int]]) -> BookFrequency:
    about = index.books.books[book]
    return BookFrequency(
        id=about.id,
        title=about.title,
        author=about.author,
        year=about.year,
        words=index.books.extents[book].words,
        counts=[counted[book] for counted in counts],
        rates=[_rate(index, book, counted) for counted in counts],
    )
