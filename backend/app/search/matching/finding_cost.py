"""What it will cost to find the passages of a query, estimated before it runs."""

from app.index.reader import IndexReader
from app.index.vocabulary import beginning
from app.search.matching.expansion import MAX_EXPANSIONS
from app.search.query import Near, Node, Query, Term, TermKind, every

# Correcting a word that no book has: it is compared with the whole vocabulary.
_UNKNOWN = 200
# How many passages can be found by their words in one unit of time.
_FOUND = 300
# How many words with a prefix can be looked up in one unit.
_EXPANDED = 0.5
# How many words can be compared with a pattern in one unit.
_COMPARED = 100
# The least that a search for words near each other costs.
_NEAR = 200


def cost_of_finding(index: IndexReader, query: Query) -> int:
    """The cost in units of the time to read through one passage, about 20 µs."""
    return round(sum(_looking_up(index, node) for node in every((*query.terms, *query.excluded))))


def _looking_up(index: IndexReader, node: Node) -> float:
    if not isinstance(node, Term):
        return _NEAR if isinstance(node, Near) else 0
    if node.kind in (TermKind.PREFIX, TermKind.WILDCARD):
        return _expanding(index, node)
    most, count = index.books.passage_count, index.vocabulary.count_of_forms
    return sum(min(count(word), most) / _FOUND or _UNKNOWN for word in node.words)


def _expanding(index: IndexReader, term: Term) -> float:
    number = index.vocabulary.number_starting_with(beginning(term.words[0]))
    if term.kind is TermKind.PREFIX:
        return number / _EXPANDED
    return number / _COMPARED + min(number, MAX_EXPANSIONS) / _EXPANDED
