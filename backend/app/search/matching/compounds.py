"""Words that are written as one or as two: a query for tomorrow also means "to morrow"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tantivy import Query as TantivyQuery

from app.index.compounds import Pair
from app.index.reader import IndexReader
from app.index.schema import EXACT
from app.index.vocabulary import Vocabulary
from app.search import passages
from app.search.query import MANY_WORDS, AnyOf, Node, Query, Term, TermKind

# How often the books must have two words side by side before one typed word is taken for both.
_OFTEN = 3
_SHORTEST_PART = 3
_LONGEST = 32


def ways_to_write(term: Term, index: IndexReader) -> Iterator[Term]:
    """The term, then the same with its words joined and with its words split, each throughout."""
    yield term
    if term.kind is TermKind.WORD:
        if parts := parts_of(term.words[0], index):
            yield Term(TermKind.PHRASE, parts)
    elif term.kind is TermKind.PHRASE:
        others = (tuple(_apart(term.words, index)), tuple(_joined(term.words, index.vocabulary)))
        yield from (Term(TermKind.PHRASE, words) for words in dict.fromkeys(others) if words != term.words)
    elif term.kind in MANY_WORDS:
        pattern = term.words[0] if term.kind is TermKind.WILDCARD else f"{term.words[0]}*"
        yield from (Term(TermKind.PHRASE, parts) for parts in index.vocabulary.compounds.like(pattern))


def parts_of(word: str, index: IndexReader) -> Pair | None:
    """The two words that the word can be split into. A word that is in no book is split into the pair that stands side
    by side most often."""
    parts = index.vocabulary.compounds.parts(word)
    if parts or word in index.vocabulary:
        return parts
    if elided := _elided(word, index.vocabulary):
        return elided
    if len(word) > _LONGEST or index.vocabulary.forms(word):
        return None
    counts = {pair: _count(pair, index) for pair in _splits(word, index.vocabulary)}
    best = max(counts, key=counts.__getitem__, default=None)
    return best if best and counts[best] >= _OFTEN else None


def with_joined(query: Query, vocabulary: Vocabulary) -> Query:
    """The query, in which two words that can be written as one also match the one."""
    terms = [_with_joined(node, vocabulary) for node in query.terms]
    excluded = [_with_joined(node, vocabulary) for node in query.excluded]
    return Query(tuple(_as_ones(terms, vocabulary)), tuple(excluded))


def _with_joined(node: Node, vocabulary: Vocabulary) -> Node:
    if isinstance(node, Query):
        return with_joined(node, vocabulary)
    if isinstance(node, AnyOf):
        return AnyOf(tuple(_with_joined(option, vocabulary) for option in node.options))
    return node


def _as_ones(nodes: Sequence[Node], vocabulary: Vocabulary) -> list[Node]:
    """Each node once; two words that can be written as one become one node."""
    joined = list(dict.fromkeys(nodes))
    for first, second in pairwise(nodes):
        if not (isinstance(first, Term) and isinstance(second, Term) and first.kind is second.kind is TermKind.WORD):
            continue
        # Few words can be joined, so this is asked first.
        if (compound := _as_one(first, second, vocabulary)) and first in joined and second in joined:
            joined[joined.index(first)] = compound
            if nodes.count(second) == 1:  # "ever" is needed once more in "for ever and ever"
                joined.remove(second)
    return joined


def _as_one(first: Term, second: Term, vocabulary: Vocabulary) -> Node | None:
    """A node that matches the two words and the one that they form; None if they form none."""
    pair = vocabulary.canonical(first.words[0]), vocabulary.canonical(second.words[0])
    word = vocabulary.compounds.joined(*pair)
    if word is None:
        return None
    joined = Term(TermKind.WORD, (word,))
    if vocabulary.compounds.is_one(*pair):
        return joined
    return AnyOf((Query((first, second)), joined)) if word in vocabulary else None


def _apart(words: Sequence[str], index: IndexReader) -> Iterator[str]:
    for word in words:
        yield from parts_of(word, index) or (word,)


def _joined(words: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    rest = iter([*words, ""])
    first = next(rest)
    for second in rest:
        if word := vocabulary.compounds.joined(vocabulary.canonical(first), vocabulary.canonical(second)):
            yield word
            first = next(rest)
        else:
            yield first
            first = second
        if not first:
            return


def _elided(word: str, vocabulary: Vocabulary) -> Pair | None:
    """The two words that an apostrophe separates, if the books have both: l'œuvre."""
    first, _, second = word.partition("'")
    return (first, second) if second and first in vocabulary and second in vocabulary else None


def _splits(word: str, vocabulary: Vocabulary) -> Iterator[Pair]:
    for i in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        if word[:i] in vocabulary and word[i:] in vocabulary:
            yield word[:i], word[i:]


def _count(pair: Pair, index: IndexReader) -> int:
    """How many passages have the two words side by side."""
    words: list[str | tuple[int, str]] = [index.vocabulary.canonical(word) for word in pair]
    return passages.count(index, TantivyQuery.phrase_query(index.schema, EXACT, words))
