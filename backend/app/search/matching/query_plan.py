"""What is searched for a query: all of its words, else its likely correction, else some of its words."""

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
from app.search.matching.correction import Corrected, correct, names_in
from app.search.matching.expansion import MAX_EXPANSIONS, Expanded, merge_variants
from app.search.matching.marks import Marker
from app.search.matching.operator_marks import marker
from app.search.query import A_SENTENCE, MANY_WORDS, Node, Query, Term, TermKind, every_term, in_pairs, terms
from app.search.request import UNLIMITED, Deadline

# If fewer passages than this have all words of a sentence, those with most of its words are shown too.
_A_PAGE = 10


class Plan(NamedTuple):
    """How a query is searched. `matches` selects passages, `ranked` selects and scores the same ones; `offered` is a
    likely query that is only suggested."""

    query: Query
    matching: Literal["all", "any"]
    replaced: dict[str, str]
    offered: Corrected | None
    variants: dict[str, list[str]]
    matches: tantivy.Query
    ranked: tantivy.Query
    marker: Marker


def plan(query: Query, index: IndexReader, deadline: Deadline = UNLIMITED) -> Plan:
    """The plan for all words of the query, else for some of them. No word is corrected: only a search corrects, and
    reports it.

    Filters play no part, so that choosing a book never changes what a query means.
    """
    planned = plan_all_words(query, index)
    return relaxed(planned, passages.count(index, planned.matches), index, deadline)[0]


def plan_all_words(query: Query, index: IndexReader) -> Plan:
    """The plan for the passages that contain every term."""
    return _plan(query, index, "all", {})


def relaxed(
    planned: Plan, complete: int, index: IndexReader, deadline: Deadline, *, correcting: str | None = None
) -> tuple[Plan, int]:
    """The plan for an answer, made from the plan for all words, which `complete` passages have: the same if these are
    enough, else the plan for the likely correction, else one for some of the words. Also returns how many passages have
    all words of its query.

    `correcting` is the query as it was typed, whose capitals tell names; None if no word may be corrected.
    """
    query = planned.query
    if _is_enough(query, complete):
        return planned, complete
    if complete or correcting is None:
        return _plan(query, index, "any", {}), complete
    sure, offered = correct(query, index.vocabulary, partial(_company, index, deadline), names_in(correcting))
    if sure:
        complete = _count(sure.query, index, deadline)
        matching: Literal["all", "any"] = "all" if _is_enough(sure.query, complete) else "any"
        return _plan(sure.query, index, matching, sure.words), complete
    if offered and not _count(offered.query, index, deadline):
        offered = None
    return _plan(query, index, "any", {}, offered), complete


def _is_enough(query: Query, complete: int) -> bool:
    """Whether this many passages with all words are enough of an answer."""
    return complete >= (_A_PAGE if len(query.terms) >= A_SENTENCE else 1)


def _plan(
    query: Query,
    index: IndexReader,
    matching: Literal["all", "any"],
    replaced: dict[str, str],
    offered: Corrected | None = None,
) -> Plan:
    require_bounded(every_term(query), index)
    composer = Composer(index)
    looked_up = {term: composer.look_up(term) for term in terms(query.terms)}
    every_way = [way for term in looked_up.values() for way in term.ways]
    # Words that follow each other in the query score higher side by side; those of a phrase always stand so.
    words = [node for node in query.terms if isinstance(node, Term) and node.kind is TermKind.WORD]
    # In the order of the query, with words joined and with words split.
    orders = dict.fromkeys(tuple([key for word in words for key in looked_up[word].ways[way].keys]) for way in (0, -1))
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
        variants=merge_variants(term.variants for term in looked_up.values()),
        matches=matches,
        ranked=ranked,
        marker=marker(nodes, composer, _forms(common, every_way) if common else common),
    )


def require_bounded(typed: Iterable[Term], index: IndexReader) -> None:
    """Raises WildcardTooBroad when prefixes and words with wildcards stand for too many words."""
    wide = dict.fromkeys(term for term in typed if term.kind in MANY_WORDS)
    if not wide:
        return
    count = sum(_number(term, index.vocabulary) for term in wide)
    if count > MAX_EXPANSIONS:
        value = " ".join(map(str, wide))
        detail = f"“{value}” stands for more than {MAX_EXPANSIONS:,} words."
        raise WildcardTooBroad(detail, parameter="q", value=value, allowed="more letters beside * and ?")


def _number(term: Term, vocabulary: Vocabulary) -> int:
    if term.kind is TermKind.PREFIX:
        return vocabulary.number_starting_with(term.words[0])
    return len(vocabulary.matching(term.words[0], MAX_EXPANSIONS + 1))


def _forms(keys: frozenset[str], terms: Sequence[Expanded]) -> frozenset[str]:
    """The forms of the words that have one of these stems."""
    return frozenset().union(
        *(term.forms[0] for term in terms if term.term.kind is TermKind.WORD and term.keys[0] in keys)
    )


def _count(query: Query, index: IndexReader, deadline: Deadline) -> int:
    """How many passages contain every term."""
    deadline.check()
    return passages.count(index, Composer(index).node(query))


def _company(index: IndexReader, deadline: Deadline, context: Sequence[Node]) -> Callable[[str], int]:
    composer = Composer(index)
    # Composed once: for a long list of words, such as a prefix, composing takes longer than all the counting.
    others = composer.all_of(context, ())

    def count(word: str) -> int:
        deadline.check()
        return passages.count(index, composer.both(others, Term(TermKind.WORD, (word,))))

    return count


def _some(
    nodes: Sequence[Node],
    excluded: Sequence[Node],
    common: frozenset[str],
    index: IndexReader,
    composer: Composer,
) -> tantivy.Query:
    """Matches the passages with half of the words that distinguish passages, else with any of them. Common words only
    add to the score."""
    known = [node for node in nodes if not isinstance(node, Term) or all(composer.look_up(node).ways[0].forms)] or nodes
    ordinary = [node for node in known if isinstance(node, Term) and _is_common(composer.look_up(node).ways[0], common)]
    rare = [node for node in known if node not in ordinary]
    half = composer.some_of(rare or ordinary, len(rare) // 2, ordinary if rare else [], excluded)
    if len(rare) < 4 or index.searcher.search(half, 1, count=False).hits:
        return half
    return composer.some_of(rare, 1, ordinary, excluded)


def _is_common(term: Expanded, common: frozenset[str]) -> bool:
    return bool(term.keys) and common.issuperset(term.keys)
