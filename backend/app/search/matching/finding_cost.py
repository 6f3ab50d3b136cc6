"""What it will cost to find the passages of a query, estimated before it runs."""

from functools import lru_cache

from app.index.reader import IndexReader
from app.index.vocabulary import beginning
from app.search.matching.expansion import MAX_EXPANSIONS
from app.search.query import MANY_WORDS, Near, Node, Query, Term, TermKind, every

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
    if node.kind in MANY_WORDS:
        return _expanding(index, node)
    return sum(_of_word(index, word) for word in node.words)


@lru_cache(maxsize=2048)
def _of_word(index: IndexReader, word: str) -> float:
    return min(index.vocabulary.count_of_forms(word), index.books.passage_count) / _FOUND or _UNKNOWN


def _expanding(index: IndexReader, term: Term) -> float:
    number = index.vocabulary.number_starting_with(beginning(term.words[0]))
    if term.kind is TermKind.PREFIX:
        return number / _EXPANDED
    return number / _COMPARED + min(number, MAX_EXPANSIONS) / _EXPANDED
