"""What is done for a query: all of its words, else its likely correction, else some of its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import tantivy

from app.index.reader import IndexReader
from app.index.schema import TEXT
from app.search.compose import Composer, pairs
from app.search.correct import correct
from app.search.expand import Expanded, expand, variants
from app.search.marks import Marker
from app.search.query import Kind, Query, Term

# A word that stands in more than this part of the passages says little about any of them.
_COMMON = 0.25


@dataclass(frozen=True, slots=True)
class Plan:
    """A query made ready. `matches` selects passages, `ranked` selects the same and scores them."""

    query: Query
    matching: Literal["all", "any"]
    replaced: dict[str, str]
    variants: dict[str, list[str]]
    matches: tantivy.Query
    ranked: tantivy.Query
    marker: Marker


def plan(query: Query, index: IndexReader, *, correcting: bool = True) -> Plan:
    """The first of three that finds anything: all words, all words corrected, some words.

    Filters play no part in it, so that choosing a book never changes what a query means.
    """
    composer = Composer(index.schema)
    if _count(query, index, composer):
        return _plan(query, index, composer, "all", {})
    corrected = correct(query, index.vocabulary, lambda other: _count(other, index, composer)) if correcting else None
    if corrected is None:
        return _plan(query, index, composer, "any", {})
    found = _count(corrected[0], index, composer)
    return _plan(corrected[0], index, composer, "all" if found else "any", corrected[1])


def _count(query: Query, index: IndexReader, composer: Composer) -> int:
    """How many passages have every term."""
    terms, excluded = _expanded(query.terms, index), _expanded(query.excluded, index)
    if len(terms) == 1 and terms[0].term.kind is Kind.WORD and not excluded:
        return index.searcher.doc_freq(TEXT, terms[0].keys[0])
    return index.searcher.search(composer.all_of(terms, excluded), 1).count or 0


def _plan(
    query: Query, index: IndexReader, composer: Composer, matching: Literal["all", "any"], replaced: dict[str, str]
) -> Plan:
    terms, excluded = _expanded(query.terms, index), _expanded(query.excluded, index)
    keys = [key for term in terms for key in term.keys]
    common = _common_keys(keys, index)
    if matching == "all":
        matches = composer.all_of(terms, excluded)
    else:
        rare = [term for term in terms if not term.keys or not common.issuperset(term.keys)]
        matches = composer.any_of(rare, [term for term in terms if term not in rare], excluded)
    forms = frozenset(form for key in common for form in index.vocabulary.forms(key))
    return Plan(
        query=query,
        matching=matching,
        replaced=replaced,
        variants=variants(query, index.vocabulary),
        matches=matches,
        ranked=composer.ranked(matches, keys, pairs(keys, common)),
        marker=Marker(terms, forms),
    )


def _expanded(terms: Sequence[Term], index: IndexReader) -> list[Expanded]:
    return [expand(term, index.vocabulary) for term in terms]


def _common_keys(keys: Sequence[str], index: IndexReader) -> frozenset[str]:
    limit = _COMMON * len(index.books)
    return frozenset(key for key in keys if index.searcher.doc_freq(TEXT, key) > limit)
