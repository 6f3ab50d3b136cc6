"""What is done for a query: all of its words, else its likely correction, else some of its words."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Literal, NamedTuple

import tantivy

from app.errors import WildcardTooBroad
from app.index.reader import IndexReader
from app.index.vocabulary import Vocabulary
from app.search import passages
from app.search.matching.compose import Composer
from app.search.matching.compounds import with_joined
from app.search.matching.correction import Corrected, correct
from app.search.matching.expansion import MAX_EXPANSIONS, Expanded, merged
from app.search.matching.marks import Marker
from app.search.matching.operator_marks import marker
from app.search.query import A_SENTENCE, Kind, Node, Query, Term, every_term, in_pairs, terms
from app.search.request import UNLIMITED, Deadline

# When fewer passages than these have all words of a sentence, those that have most of them are worth a look too.
_A_PAGE = 10


class Plan(NamedTuple):
    """A query made ready. `matches` selects passages, `ranked` selects the same and scores them; `offered` is a
    likelier query that was not asked."""

    query: Query
    matching: Literal["all", "any"]
    replaced: dict[str, str]
    offered: Corrected | None
    variants: dict[str, list[str]]
    matches: tantivy.Query
    ranked: tantivy.Query
    marker: Marker


def plan(query: Query, index: IndexReader, deadline: Deadline = UNLIMITED) -> Plan:
    """All words, else some words: only a search, which says so, puts other words in their place.

    Filters play no part in it, so that choosing a book never changes what a query means.
    """
    planned = all_words(query, index)
    complete = passages.count(index, planned.matches)
    if is_enough(query, complete):
        return planned
    return fewer_words(query, complete, index, deadline, correcting=False)[0]


def all_words(query: Query, index: IndexReader) -> Plan:
    """The plan for the passages that have every term."""
    return _plan(query, index, "all", {})


def is_enough(query: Query, complete: int) -> bool:
    """Whether so many passages with all the words answer the query."""
    return complete >= (_A_PAGE if len(query.terms) >= A_SENTENCE else 1)


def fewer_words(
    query: Query,
    complete: int,
    index: IndexReader,
    deadline: Deadline,
    *,
    correcting: bool,
    names: frozenset[str] = frozenset(),
) -> tuple[Plan, int]:
    """The plan for a query that `complete` passages have all words of, which are not enough; and how many passages
    have all words of what is now looked for. `names` are words that no others are taken for."""
    if complete or not correcting:
        return _plan(query, index, _matching(query, complete), {}), complete
    sure, offered = correct(query, index.vocabulary, partial(_company, index, deadline), names)
    if sure:
        complete = _count(sure.query, index, deadline)
        return _plan(sure.query, index, _matching(sure.query, complete), sure.words), complete
    if offered and not _count(offered.query, index, deadline):
        offered = None
    return _plan(query, index, "any", {}, offered), complete


def _matching(query: Query, complete: int) -> Literal["all", "any"]:
    return "all" if is_enough(query, complete) else "any"


def _plan(
    query: Query,
    index: IndexReader,
    matching: Literal["all", "any"],
    replaced: dict[str, str],
    offered: Corrected | None = None,
) -> Plan:
    require_bounded(every_term(query), index)
    composer = Composer(index)
    found = {term: composer.found(term) for term in terms(query.terms)}
    every_way = [way for term in found.values() for way in term.ways]
    # Words that follow each other are better side by side; those of a phrase always are.
    words = [node for node in query.terms if isinstance(node, Term) and node.kind is Kind.WORD]
    # As one word and as two, where it may be either.
    orders = dict.fromkeys(tuple([key for word in words for key in found[word].ways[way].keys]) for way in (0, -1))
    common = index.common.intersection(key for way in every_way for key in way.keys)
    # A word that was typed twice counts once.
    joined, excluded = with_joined(query, index.vocabulary)
    every = matching == "all"
    nodes = joined if every else in_pairs(joined)
    matches = composer.all_of(nodes, excluded) if every else _some(nodes, excluded, common, index, composer)
    ranked = composer.exact_first(matches, words) if len(query.terms) < A_SENTENCE else matches
    for keys in orders:
        ranked = composer.ranked(ranked, keys, common)
    return Plan(
        query=query,
        matching=matching,
        replaced=replaced,
        offered=offered,
        variants=merged(term.variants for term in found.values()),
        matches=matches,
        ranked=ranked,
        marker=marker(nodes, composer, _forms(common, every_way) if common else common),
    )


def require_bounded(found: Iterable[Term], index: IndexReader) -> None:
    """Raise WildcardTooBroad when prefixes and words with wildcards stand for too many words."""
    wide = dict.fromkeys(term for term in found if term.kind in (Kind.PREFIX, Kind.WILDCARD))
    if not wide:
        return
    count = sum(_number(term, index.vocabulary) for term in wide)
    if count > MAX_EXPANSIONS:
        value = " ".join(map(str, wide))
        detail = f"“{value}” stands for more than {MAX_EXPANSIONS:,} words."
        raise WildcardTooBroad(detail, parameter="q", value=value, allowed="more letters beside * and ?")


def _number(term: Term, vocabulary: Vocabulary) -> int:
    if term.kind is Kind.PREFIX:
        return vocabulary.number_starting_with(term.words[0])
    return len(vocabulary.matching(term.words[0], MAX_EXPANSIONS + 1))


def _forms(keys: frozenset[str], terms: Sequence[Expanded]) -> frozenset[str]:
    """The forms of those words that have one of the keys."""
    return frozenset().union(*(term.forms[0] for term in terms if term.term.kind is Kind.WORD and term.keys[0] in keys))


def _count(query: Query, index: IndexReader, deadline: Deadline) -> int:
    """How many passages have every term."""
    deadline.check()
    return passages.count(index, Composer(index).node(query))


def _company(index: IndexReader, deadline: Deadline, context: Sequence[Node]) -> Callable[[str], int]:
    composer = Composer(index)
    # Composed once: a prefix of many words takes longer than all that is counted.
    others = composer.all_of(context, ())

    def count(word: str) -> int:
        deadline.check()
        return passages.count(index, composer.both(others, Term(Kind.WORD, (word,))))

    return count


def _some(
    nodes: Sequence[Node],
    excluded: Sequence[Node],
    common: frozenset[str],
    index: IndexReader,
    composer: Composer,
) -> tantivy.Query:
    """Matches half of the words that tell passages apart, else any of them; a common word adds to the score."""
    known = [node for node in nodes if not isinstance(node, Term) or all(composer.found(node).ways[0].forms)] or nodes
    ordinary = [node for node in known if isinstance(node, Term) and _is_common(composer.found(node).ways[0], common)]
    rare = [node for node in known if node not in ordinary]
    half = composer.some_of(rare or ordinary, len(rare) // 2, ordinary if rare else [], excluded)
    if len(rare) < 4 or index.searcher.search(half, 1, count=False).hits:
        return half
    return composer.some_of(rare, 1, ordinary, excluded)


def _is_common(term: Expanded, common: frozenset[str]) -> bool:
    return bool(term.keys) and common.issuperset(term.keys)
