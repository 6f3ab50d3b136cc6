"""What a query will cost, estimated before it runs. The unit is the time to read through one passage, about 20 µs."""

from collections.abc import Iterable

from app.index.reader import IndexReader
from app.search.matching import cost_of_finding
from app.search.query import Node, Query, Term, TermKind, terms
from app.search.results import Group, SearchRequest

LIGHT = 400
"""A request that costs more than this is costly: it would keep others waiting."""

# How many passages of a book can be counted by section in one unit.
_COUNTED = 20
# How many words of the vocabulary can be listed in one unit.
_LISTED = 30

LEAST = 0
"""The cost of a request that is always light."""


def of_search(index: IndexReader, request: SearchRequest) -> int:
    """The cost of finding the passages and showing a page of them."""
    shown = (
        min(request.limit, len(index.books.books)) * request.passages if request.group is Group.BOOK else request.limit
    )
    return cost_of_finding(index, request.query) + shown


def of_section(index: IndexReader, book: int, section: str, query: Query | None) -> int:
    """The cost of marking the matches in a section."""
    if query is None:
        return LEAST
    ordinal = index.books.section_ordinal(book, section)
    return cost_of_finding(index, query) + (len(index.books.passages_of(ordinal)) if ordinal is not None else 0)


def of_contents(index: IndexReader, book: int, query: Query | None) -> int:
    """The cost of counting the matches in each section of a book."""
    extent = index.books.extents[book]
    return LEAST if query is None else cost_of_finding(index, query) + (extent.last - extent.first) // _COUNTED


def of_reading(index: IndexReader, query: Query) -> int:
    """The cost of looking at every occurrence."""
    return cost_of_finding(index, query) + sum(_occurrences(index, term) for term in terms(query.terms))


def of_words(index: IndexReader) -> int:
    """The cost of listing the words of a book with their counts in the others."""
    return len(index.vocabulary.words) // _LISTED


def of_counting(index: IndexReader, nodes: Iterable[Node]) -> int:
    """The cost of counting terms by book. Single words and pairs of frequent words are counted in the index."""
    return sum(
        cost_of_finding(index, Query((node,))) if _is_counted(index, node) else of_reading(index, Query((node,)))
        for node in nodes
    )


def _is_counted(index: IndexReader, node: Node) -> bool:
    if not isinstance(node, Term):
        return False
    return node.kind is not TermKind.PHRASE or index.pairs.of(node.words) is not None


def _occurrences(index: IndexReader, term: Term) -> int:
    """An upper bound of how often the term occurs."""
    vocabulary = index.vocabulary
    if term.kind is TermKind.WILDCARD:
        return index.books.passage_count
    if term.kind is TermKind.PREFIX:
        return sum(map(vocabulary.count, vocabulary.starting_with(term.words[0])))
    return min(map(vocabulary.count_of_forms, term.words))
