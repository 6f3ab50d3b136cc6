"""What a query will cost, known before it is computed, in passages read: to look through one takes some 20 µs."""

from collections.abc import Iterable

from app.index.reader import IndexReader
from app.index.vocabulary import beginning
from app.search.matching import MAX_EXPANSIONS
from app.search.query import Kind, Near, Node, Query, Term, every, terms
from app.search.results import Group, SearchRequest

LIGHT = 400
"""More is costly: it would keep others waiting."""

# A word that no book has is compared with all that they have.
_UNKNOWN = 200
# Passages that are found by their words in the time that it takes to read one.
_FOUND = 300
# Passages of a book that are counted by section in that time.
_COUNTED = 20
# Words with a prefix that are looked up in that time.
_EXPANDED = 0.5
# Words of all books that are looked at in that time.
_LISTED = 30
# Words that are compared with a pattern in that time.
_COMPARED = 100
# To look for words near each other, at least.
_NEAR = 200

LEAST = 0
"""Of what is always light."""


def of_search(index: IndexReader, request: SearchRequest) -> int:
    """To find the passages and to show a page of them."""
    shown = (
        min(request.limit, len(index.books.books)) * request.passages if request.group is Group.BOOK else request.limit
    )
    return _finding(index, request.query) + shown


def of_section(index: IndexReader, book: int, section: str, query: Query | None) -> int:
    """To mark where a section matches."""
    if query is None:
        return LEAST
    ordinal = index.books.section_ordinal(book, section)
    return _finding(index, query) + (len(index.books.passages_of(ordinal)) if ordinal is not None else 0)


def of_contents(index: IndexReader, book: int, query: Query | None) -> int:
    """To count where a book matches."""
    extent = index.books.extents[book]
    return LEAST if query is None else _finding(index, query) + (extent.last - extent.first) // _COUNTED


def of_reading(index: IndexReader, query: Query) -> int:
    """To look at every occurrence."""
    return _finding(index, query) + sum(_occurrences(index, term) for term in terms(query.terms))


def of_words(index: IndexReader) -> int:
    """To go through the words of a book, among those of all books."""
    return len(index.vocabulary.words) // _LISTED


def of_counting(index: IndexReader, nodes: Iterable[Node]) -> int:
    """To count terms by book; single words and pairs of frequent ones are counted already."""
    return sum(
        _finding(index, Query((node,))) if _is_counted(index, node) else of_reading(index, Query((node,)))
        for node in nodes
    )


def _is_counted(index: IndexReader, node: Node) -> bool:
    if not isinstance(node, Term):
        return False
    return node.kind is not Kind.PHRASE or index.pairs.of(node.words, index.vocabulary) is not None


def _finding(index: IndexReader, query: Query) -> int:
    return round(sum(_looking_up(index, node) for node in every((*query.terms, *query.excluded))))


def _looking_up(index: IndexReader, node: Node) -> float:
    if not isinstance(node, Term):
        return _NEAR if isinstance(node, Near) else 0
    if node.kind in (Kind.PREFIX, Kind.WILDCARD):
        return _expanding(index, node)
    most, count = index.books.passage_count, index.vocabulary.count_of_forms
    return sum(min(count(word), most) / _FOUND or _UNKNOWN for word in node.words)


def _expanding(index: IndexReader, term: Term) -> float:
    number = index.vocabulary.number_starting_with(beginning(term.words[0]))
    if term.kind is Kind.PREFIX:
        return number / _EXPANDED
    return number / _COMPARED + min(number, MAX_EXPANSIONS) / _EXPANDED


def _occurrences(index: IndexReader, term: Term) -> int:
    """At most so many."""
    vocabulary = index.vocabulary
    if term.kind is Kind.WILDCARD:
        return index.books.passage_count
    if term.kind is Kind.PREFIX:
        return sum(map(vocabulary.count, vocabulary.starting_with(term.words[0])))
    return min(map(vocabulary.count_of_forms, term.words))
