"""Words near each other: both orders, as phrases with a number of words between."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import tantivy

from app.errors import NearTooBroad
from app.index.reader import IndexReader
from app.index.schema import EXACT, TEXT
from app.index.vocabulary import Vocabulary
from app.search.matching.compounds import ways_to_write
from app.search.matching.expansion import Expanded, expand
from app.search.query import AnyOf, Near, Term, TermKind

# The most that a query with NEAR may cost, in passages read.
_MOST = 1_500
# How many occurrences of the rarer word can be looked through in the time that it takes to read one passage.
_LOOKED_THROUGH = 100


class _Pair(NamedTuple):
    """Two sequences of words. `occurrences` estimates how often the rarer one occurs in passages that have the
    other."""

    field: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    occurrences: float


def sides(part: Term | AnyOf, index: IndexReader) -> list[Expanded]:
    """The terms of which one must match on this side, with words joined or split too. Next to NEAR, a word in quotation
    marks matches any of its spellings."""
    terms = [part] if isinstance(part, Term) else [option for option in part.options if isinstance(option, Term)]
    every = (way for term in terms for way in ways_to_write(term, index))
    ways = [_any_spelling(expand(_unquoted(term), index.vocabulary), index.vocabulary) for term in every]
    return [way for way in ways if all(way.forms)] or ways[:1]


def _unquoted(term: Term) -> Term:
    return term._replace(kind=TermKind.PHRASE) if term.kind is TermKind.EXACT else term


def _any_spelling(term: Expanded, vocabulary: Vocabulary) -> Expanded:
    if term.term.kind is not TermKind.WILDCARD:
        return term
    modern = dict.fromkeys(map(vocabulary.canonical, sorted(term.forms[0])))
    return replace(term, exact=tuple(modern), forms=(frozenset(vocabulary.spelt_as(modern.keys())),))


def near(node: Near, index: IndexReader, before: float = 0) -> tuple[list[tantivy.Query], float]:
    """The tantivy queries that must all match, and what they cost together with `before`, the cost of other NEARs.
    Raises NearTooBroad if that is too much."""
    parts = [sides(part, index) for part in node.parts]
    distances = [
        (list(_pairs(left, right, index)), distance)
        for (left, right), distance in zip(pairwise(parts), node.distances, strict=True)
    ]
    cost = before + sum(_cost(pair, distance) for pairs, distance in distances for pair in pairs)
    if cost > _MOST:
        detail, allowed = f"“{node}” is true of too many words.", "rarer words, or fewer of them between the two"
        raise NearTooBroad(detail, parameter="q", value=str(node), allowed=allowed)
    phrases = (
        [phrase for pair in pairs for phrase in _phrases(index.schema, pair, distance)] for pairs, distance in distances
    )
    return [_one_of(queries) for queries in phrases], cost


def _pairs(left: Sequence[Expanded], right: Sequence[Expanded], index: IndexReader) -> Iterator[_Pair]:
    """All pairs of a sequence on the left and one on the right."""
    if all(term.term.kind is TermKind.WORD and not term.exact for term in (*left, *right)):
        for a in left:
            for b in right:
                together = _together(_count(a.term.words, index), _count(b.term.words, index), index)
                yield _Pair(TEXT, a.keys, b.keys, together)
        return
    counted = [
        [(words, _count(words, index)) for words in _alternatives(side, index.vocabulary)] for side in (left, right)
    ]
    for first, a_count in counted[0]:
        for second, b_count in counted[1]:
            yield _Pair(EXACT, first, second, _together(a_count, b_count, index))


def _alternatives(side: Iterable[Expanded], vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    """The alternatives of a side in modern spelling; of a phrase, its words one after another."""
    spellings: dict[tuple[str, ...], None] = {}
    for term in side:
        if term.term.kind is TermKind.PHRASE:
            spellings[term.exact] = None
        else:
            is_word = term.term.kind is TermKind.WORD
            words = map(vocabulary.canonical, sorted(term.forms[0])) if is_word or not term.exact else term.exact
            spellings.update(dict.fromkeys((word,) for word in words))
    return iter(spellings)


def _count(words: Sequence[str], index: IndexReader) -> int:
    return min(map(index.vocabulary.count_of_forms, words))


def _together(first: int, second: int, index: IndexReader) -> float:
    return min(first, second, first * second / index.books.passage_count)


def _is_simple(pair: _Pair) -> bool:
    """Whether tantivy counts the words between correctly: it takes one occurrence of a word for two, and allows gaps
    inside a phrase."""
    return len(pair.first) == len(pair.second) == 1 and pair.first != pair.second


def _cost(pair: _Pair, distance: int) -> float:
    return 2 * (1 if _is_simple(pair) else distance + 1) * (1 + pair.occurrences / _LOOKED_THROUGH)


def _phrases(schema: tantivy.Schema, pair: _Pair, distance: int) -> Iterator[tantivy.Query]:
    """Both orders of a pair."""
    for first, second in dict.fromkeys([(pair.first, pair.second), (pair.second, pair.first)]):
        if _is_simple(pair):
            yield tantivy.Query.phrase_query(schema, pair.field, [*first, *second], distance)
            continue
        for start in range(len(first), len(first) + distance + 1):
            words = [*enumerate(first), *enumerate(second, start)]
            yield tantivy.Query.phrase_query(schema, pair.field, list(words))


def _one_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return (
        tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])
        if queries
        else tantivy.Query.empty_query()
    )
