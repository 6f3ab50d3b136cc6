"""What is done for a query: all of its words, else its likely correction, else some of its words."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, NamedTuple

import tantivy

from app.errors import InvalidParameter
from app.index.reader import IndexReader
from app.search import passages
from app.search.compose import Composer
from app.search.correct import correct
from app.search.deadline import UNLIMITED, Deadline
from app.search.expand import Expanded, expand, variants
from app.search.marks import Marker
from app.search.query import A_SENTENCE, Kind, Query, Term

# When fewer passages than these have all words of a sentence, those that have most of them are worth a look too.
_A_PAGE = 10
# Prefixes of more words in all are refused: they bound what a query costs. Of the 18 books no three have as many.
MAX_EXPANSIONS = 4_096


class Plan(NamedTuple):
    """A query made ready. `matches` selects passages, `ranked` selects the same and scores them."""

    query: Query
    matching: Literal["all", "any"]
    replaced: dict[str, str]
    variants: dict[str, list[str]]
    matches: tantivy.Query
    ranked: tantivy.Query
    marker: Marker


def plan(query: Query, index: IndexReader, deadline: Deadline = UNLIMITED, *, correcting: bool = True) -> Plan:
    """The first of three that finds anything: all words, all words corrected, some words.

    Filters play no part in it, so that choosing a book never changes what a query means.
    """
    planned = all_words(query, index)
    complete = passages.count(index, planned.matches)
    if is_enough(query, complete):
        return planned
    return fewer_words(query, complete, index, deadline, correcting=correcting)[0]


def all_words(query: Query, index: IndexReader) -> Plan:
    """The plan for the passages that have every term."""
    return _plan(query, index, "all", {})


def is_enough(query: Query, complete: int) -> bool:
    """Whether so many passages with all the words answer the query."""
    return complete >= (_A_PAGE if len(query.terms) >= A_SENTENCE else 1)


def fewer_words(
    query: Query, complete: int, index: IndexReader, deadline: Deadline, *, correcting: bool
) -> tuple[Plan, int]:
    """The plan for a query that `complete` passages have all words of, which are not enough; and how many passages
    have all words of what is now looked for."""
    replaced: dict[str, str] = {}
    if not complete and correcting:
        corrected = correct(query, index.vocabulary, partial(_company, index, deadline))
        if corrected:
            query, replaced = corrected
            complete = _count(query, index, deadline)
    return _plan(query, index, "all" if is_enough(query, complete) else "any", replaced), complete


def _plan(query: Query, index: IndexReader, matching: Literal["all", "any"], replaced: dict[str, str]) -> Plan:
    _require_bounded((*query.terms, *query.excluded), index)
    composer = Composer(index)
    expanded = [expand(term, index.vocabulary) for term in query.terms]
    # Each once.
    terms = list(dict(zip(query.terms, expanded, strict=True)).values())
    excluded = _expanded(query.excluded, index) if query.excluded else []
    # Words that follow each other are better side by side; those of a phrase always are.
    keys = [term.keys[0] for term in expanded if term.term.kind is Kind.WORD]
    common = index.common.intersection(key for term in terms for key in term.keys)
    every = matching == "all"
    matches = composer.all_of(terms, excluded) if every else _some(terms, excluded, common, index, composer)
    return Plan(
        query=query,
        matching=matching,
        replaced=replaced,
        variants=variants(terms, index.vocabulary),
        matches=matches,
        ranked=composer.ranked(matches, keys, common),
        marker=Marker(terms, _forms(common, terms) if common else common),
    )


def _require_bounded(terms: Sequence[Term], index: IndexReader) -> None:
    prefixes = dict.fromkeys(term for term in terms if term.kind is Kind.PREFIX)
    count = sum(index.vocabulary.number_starting_with(term.words[0]) for term in prefixes)
    if count > MAX_EXPANSIONS:
        detail = f"{count:,} words begin as “{' '.join(map(str, prefixes))}” {'does' if len(prefixes) == 1 else 'do'}."
        allowed = f"prefixes of at most {MAX_EXPANSIONS:,} words in all: more letters before the *"
        raise InvalidParameter(detail, parameter="q", allowed=allowed)


def _forms(keys: frozenset[str], terms: Sequence[Expanded]) -> frozenset[str]:
    """The forms of those words that have one of the keys."""
    return frozenset().union(*(term.forms[0] for term in terms if term.term.kind is Kind.WORD and term.keys[0] in keys))


def _count(query: Query, index: IndexReader, deadline: Deadline) -> int:
    """How many passages have every term."""
    deadline.check()
    terms, excluded = _expanded(query.terms, index), _expanded(query.excluded, index)
    return passages.count(index, Composer(index).all_of(terms, excluded))


def _company(index: IndexReader, deadline: Deadline, context: Sequence[Term]) -> Callable[[str], int]:
    composer = Composer(index)
    # Composed once: a prefix of many words takes longer than all that is counted.
    others = composer.all_of(_expanded(context, index), ())

    def count(word: str) -> int:
        deadline.check()
        return passages.count(index, composer.both(others, expand(Term(Kind.WORD, (word,)), index.vocabulary)))

    return count


def _some(
    terms: Sequence[Expanded],
    excluded: Sequence[Expanded],
    common: frozenset[str],
    index: IndexReader,
    composer: Composer,
) -> tantivy.Query:
    """Matches half of the words that tell passages apart, else any of them; a common word adds to the score."""
    known = [term for term in terms if all(term.forms)] or terms
    rare = [term for term in known if not term.keys or not common.issuperset(term.keys)]
    ordinary = [term for term in known if term not in rare]
    half = composer.some_of(rare or ordinary, len(rare) // 2, ordinary if rare else [], excluded)
    if len(rare) < 4 or index.searcher.search(half, 1, count=False).hits:
        return half
    return composer.some_of(rare, 1, ordinary, excluded)


def _expanded(terms: Sequence[Term], index: IndexReader) -> list[Expanded]:
    """The terms, each once."""
    return [expand(term, index.vocabulary) for term in dict.fromkeys(terms)]
