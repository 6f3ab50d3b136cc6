"""Typo correction over the vocabulary of the corpus."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.index.vocabulary import Vocabulary
from app.search.query import Kind, Query

_CANDIDATES = 5
# More unknown words than this are no slips of the fingers.
_MAX_UNKNOWN = 3
# Shorter words are near to too many others; from the second length on two slips are likely.
_MIN_LENGTH = 3
_TWO_SLIPS_FROM = 6
_MAX_LENGTH = 32

# A candidate: how many slips away, and the word.
_Candidate = tuple[int, str]


def correct(query: Query, vocabulary: Vocabulary, count: Callable[[Query], int]) -> tuple[Query, dict[str, str]] | None:
    """The query with its unknown words replaced, and what replaced them; None if nothing can be.

    Words that the books have are never replaced. Of the likely corrections the nearest is taken with which the whole
    query finds something, then the one with which it finds most; `count` tells how much a query finds.
    """
    options = {word: found for word in unknown(query, vocabulary) if (found := candidates(word, vocabulary))}
    if not options or len(options) > _MAX_UNKNOWN:
        return None
    best = max(product(*options.values()), key=lambda choice: _worth(query, options, choice, count))
    replaced = {word: new for word, (_, new) in zip(options, best, strict=True)}
    return _replace(query, replaced), replaced


def unknown(query: Query, vocabulary: Vocabulary) -> list[str]:
    """The words of the query of which the books have no form."""
    words = [term.words[0] for term in query.terms if term.kind is Kind.WORD]
    return [word for word in words if not vocabulary.forms(vocabulary.key(word))]


def candidates(word: str, vocabulary: Vocabulary) -> list[_Candidate]:
    """The nearest words by optimal string alignment distance, the most frequent first."""
    if not _MIN_LENGTH <= len(word) <= _MAX_LENGTH or word.isdigit():
        return []
    slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
    near = process.extract(word, vocabulary.words, scorer=OSA.distance, score_cutoff=slips, limit=None)
    found = sorted((int(distance), -vocabulary.count(other), other) for other, distance, _ in near)
    return [(distance, other) for distance, _, other in found[:_CANDIDATES]]


def _worth(
    query: Query, options: dict[str, list[_Candidate]], choice: tuple[_Candidate, ...], count: Callable[[Query], int]
) -> tuple[bool, int, int]:
    found = count(_replace(query, {word: new for word, (_, new) in zip(options, choice, strict=True)}))
    return found > 0, -sum(distance for distance, _ in choice), found


def _replace(query: Query, replaced: dict[str, str]) -> Query:
    terms = (replace(term, words=tuple(replaced.get(word, word) for word in term.words)) for term in query.terms)
    return replace(query, terms=tuple(dict.fromkeys(terms)))
