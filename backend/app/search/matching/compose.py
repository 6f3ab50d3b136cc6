"""From a query to tantivy queries: what a passage must contain, and what raises its score."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tantivy import FieldType, Occur, Query

from app.index.pairs import pairs
from app.index.reader import IndexReader
from app.index.schema import BOOK, EXACT, PAIRS, PASSAGE, SPEAKER, SPELT, TEXT
from app.index.speakers import abbreviations, is_open, key
from app.search.matching.compounds import ways_to_write
from app.search.matching.expansion import Expanded, expand, variants
from app.search.matching.proximity import near
from app.search.query import A_SENTENCE, AnyOf, Near, Node, Term, TermKind, is_about_ends

_PHRASE_BOOST = 3.0
_PAIR_BOOST = 1.0
# A match of two words, such as "to morrow", would score about twice as high as one of the word that they form.
_OTHER_WAY_BOOST = 0.5
# A word exactly as it was typed. In a query of one word, no number of other inflections in a passage outweighs it.
_EXACT_ALONE_BOOST = 3.0
_EXACT_BOOST = 0.3
# More than a thousand words begin with two letters: scoring by each of them would be slow.
_MOST_SCORED = 64
# How many other words may stand between the words of a phrase, in total.
_SLOP = 2


class TermLookup(NamedTuple):
    """What the index has for a term. `ways` are the term as typed and with its words joined or split, as far as the
    books have them. `as_asked` matches the word exactly as typed, where that tells more than `matches`; `variants` are
    other spellings of its words."""

    ways: list[Expanded]
    matches: Query
    as_asked: Query | None
    variants: dict[str, list[str]]


@lru_cache(maxsize=2048)
def _word(term: Term, index: IndexReader) -> TermLookup:
    """The same words are looked up again and again, so the result is cached."""
    return Composer(index)._look_up(term)


class Composer:
    """Composes queries from Query objects, never from text: what a person types cannot be a syntax error here."""

    def __init__(self, index: IndexReader) -> None:
        self.index = index
        self._schema, self.vocabulary, self._common = index.schema, index.vocabulary, index.common
        self._frequent = index.vocabulary.frequent
        self._cost_of_near = 0.0
        self._lookups: dict[Term, TermLookup] = {}

    def look_up(self, term: Term) -> TermLookup:
        """What the index has for the term; looked up once."""
        if term.kind is TermKind.WORD:
            return _word(term, self.index)
        lookup = self._lookups.get(term)
        if lookup is None:
            lookup = self._lookups[term] = self._look_up(term)
        return lookup

    def _look_up(self, term: Term) -> TermLookup:
        every = [expand(way, self.vocabulary) for way in ways_to_write(term, self.index)]
        ways = [way for way in every if all(way.forms)] or every[:1]
        first, *others = ways
        other_ways = [Query.boost_query(self.term(other), _OTHER_WAY_BOOST) for other in others]
        return TermLookup(
            ways=ways,
            matches=_any([self.term(first), *other_ways]),
            as_asked=self._as_asked(every[0]) if term.kind is TermKind.WORD else None,
            variants=variants(term, ways, self.vocabulary),
        )

    def node(self, node: Node) -> Query:
        """Matches the passages for which the node is true."""
        if isinstance(node, Term):
            return self.look_up(node).matches
        if isinstance(node, AnyOf):
            return _any([self.node(option) for option in node.options])
        if isinstance(node, Near):
            queries, self._cost_of_near = near(node, self.index, self._cost_of_near)
            return _all(queries)
        return self.all_of(node.terms, node.excluded)

    def term(self, term: Expanded) -> Query:
        """Matches the passages that contain the term."""
        if term.term.kind is TermKind.WORD and term.exact:
            return self._one_of(TEXT, [*term.keys, *term.exact])
        if term.term.kind is TermKind.WORD:
            # How often a common word occurs in a passage says nothing about the passage.
            counting = "basic" if term.keys[0] in self._common else "freq"
            return Query.term_query(self._schema, TEXT, term.keys[0], counting)
        if term.term.kind is TermKind.PHRASE and len(term.exact) > 1:
            return self._phrase(EXACT, term.exact, term.keys)
        if term.term.kind is TermKind.SPEAKER:
            return _all([self._speaking(name) for name in term.term.words])
        if term.term.kind is TermKind.WILDCARD and not is_about_ends(term.term.words[0]):
            return self._one_of(TEXT, term.exact)
        if term.term.kind in (TermKind.EXACT, TermKind.WILDCARD):
            return self._printed(term.exact)
        return self._one_of(EXACT, term.exact)

    def all_of(self, terms: Sequence[Node], excluded: Sequence[Node]) -> Query:
        """Matches the passages that contain every term and no excluded one."""
        return self._without(_all([self.node(term) for term in terms]), excluded)

    def both(self, query: Query, term: Term) -> Query:
        """Restricts the query to passages that contain the term too."""
        return _all([query, self.node(term)])

    def some_of(self, terms: Sequence[Node], least: int, bonus: Sequence[Node], excluded: Sequence[Node]) -> Query:
        """Matches the passages that contain at least `least` of the terms (and at least one). A `bonus` only adds to
        the score."""
        query = _any([self.node(term) for term in terms], max(1, least))
        for term in bonus:
            query = _better(query, self.node(term))
        return self._without(query, excluded)

    def ranked(self, query: Query, keys: Sequence[str], common: frozenset[str]) -> Query:
        """Matches the same passages, and ranks those higher in which the words stand together."""
        if len(keys) > 1:
            query = _better(query, self._near(keys, _PHRASE_BOOST, self._slop(keys)))
        for pair in _pairs(keys, common):
            query = _better(query, self._near(pair, _PAIR_BOOST, 0))
        return query

    def exact_first(self, query: Query, terms: Sequence[Term]) -> Query:
        """Matches the same passages, and ranks a word exactly as typed before its other inflections."""
        boost = _EXACT_ALONE_BOOST if len(terms) == 1 else _EXACT_BOOST
        for term in dict.fromkeys(terms):
            if as_asked := self.look_up(term).as_asked:
                query = _better(query, Query.boost_query(as_asked, boost))
        return query

    def _as_asked(self, word: Expanded) -> Query | None:
        """Matches a word exactly as typed, if its other inflections are more frequent. Where they are rarer, it comes
        first anyway, and a bonus doubles the time."""
        (asked,) = word.term.words
        if word.keys[0] in self._common or not self._is_outnumbered(asked):
            return None
        return Query.term_query(self._schema, EXACT, self.vocabulary.canonical(asked), "freq")

    def _is_outnumbered(self, word: str) -> bool:
        """Whether the books contain the word as typed, and its other inflections more often."""
        half = self.vocabulary.count_of_forms(word) / 2
        # Usually this spelling alone makes up half, so the others need not be counted.
        if self.vocabulary.count(word) >= half:
            return False
        return 0 < sum(map(self.vocabulary.count, self.vocabulary.spellings(word))) < half

    def in_books(self, query: Query, books: Sequence[int] | None) -> Query:
        """Restricts the query to these books; None is all of them."""
        if books is None:
            return query
        numbers = self.index.books.numbers
        chosen = [Query.term_query(self._schema, BOOK, numbers[book], "basic") for book in books]
        return _all([query, Query.const_score_query(_any(chosen), 0.0)])

    def between(self, query: Query, first: int, end: int) -> Query:
        """Restricts the query to the passages from `first` up to `end`, which is not included: at least one, all of one
        book."""
        books = self.index.books
        low, high = books.in_segment(first), books.in_segment(end - 1)
        range_ = Query.range_query(self._schema, PASSAGE, FieldType.Unsigned, low, high)
        return self.in_books(_all([query, range_]), [books.book_of(first)])

    def _without(self, query: Query, excluded: Sequence[Node]) -> Query:
        if not excluded:
            return query
        return Query.boolean_query([(Occur.Must, query), *((Occur.MustNot, self.node(term)) for term in excluded)])

    def _speaking(self, name: str) -> Query:
        """Matches passages in which someone speaks whose printed name is this name, abbreviates it, or continues it."""
        printed = Query.term_set_query(self._schema, SPEAKER, abbreviations(name))
        # "ross" is the whole name of Ross and Rosse, not the beginning of Rosincrance.
        longer = Query.regex_query(self._schema, SPEAKER, re.escape(key(name)) + ".*") if is_open(name) else None
        return Query.const_score_query(_any([printed, longer] if longer else [printed]), 0.0)

    def _printed(self, words: Sequence[str]) -> Query:
        """Matches any of the words exactly as printed."""
        by_field: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            by_field[SPELT if word in self.vocabulary.with_spellings else EXACT].append(word)
        return _any([self._one_of(field, words) for field, words in by_field.items()])

    def _one_of(self, field: str, words: Sequence[str]) -> Query:
        """Matches any of the words. Only the first `_MOST_SCORED` add to the score."""
        scored = _any([Query.term_query(self._schema, field, word, "freq") for word in words[:_MOST_SCORED]])
        if len(words) <= _MOST_SCORED:
            return scored
        every = Query.term_set_query(self._schema, field, list(words))
        return _better(Query.const_score_query(every, 0.0), scored)

    def _near(self, keys: Sequence[str], boost: float, slop: int) -> Query:
        near = Query.phrase_query(self._schema, TEXT, list(keys), slop) if slop else self._phrase(TEXT, keys, keys)
        return Query.boost_query(near, boost)

    def _slop(self, keys: Sequence[str]) -> int:
        """How many other words may stand between these words."""
        rare = [key for key in keys if key not in self._frequent]
        # Phrases of frequent words are remembered word for word, even with a rarer one among them, and looking for gaps
        # between frequent words is slow. Where gaps are allowed, tantivy counts one occurrence of a word twice:
        # "curious and" would match "curiouser and curiouser".
        return _SLOP if len(rare) > 1 and len(set(rare)) == len(rare) else 0

    def _phrase(self, field: str, words: Sequence[str], keys: Sequence[str]) -> Query:
        """Matches the words one after another; `keys` are their stems."""
        phrase = Query.phrase_query(self._schema, field, list(words))
        # Pairs narrow down the passages in which the phrase is looked for; they do not score.
        where = [
            Query.const_score_query(Query.term_query(self._schema, PAIRS, pair, "basic"), 0.0)
            for pair in dict.fromkeys(pairs(keys, self._frequent))
        ]
        return _all([phrase, *where])


def _pairs(keys: Sequence[str], common: frozenset[str]) -> list[tuple[str, str]]:
    """Pairs of words that raise the score where they stand side by side: neighbours, and neighbours but one, because a
    remembered sentence often has a word too many. Short queries have no such pairs, and no pair has two common
    words."""
    if len(keys) < A_SENTENCE:
        return []
    candidates = [*pairwise(keys), *zip(keys, keys[2:], strict=False)]
    return [pair for pair in dict.fromkeys(candidates) if not common.issuperset(pair)]


def _all(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def _any(queries: Sequence[Query], least: int = 1) -> Query:
    if not queries:
        return Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries], least if least > 1 else None)


def _better(query: Query, bonus: Query) -> Query:
    # Bonuses are nested one by one: tantivy then looks only at passages that match, and ranks a quotation of stop words
    # several times faster than with all bonuses side by side.
    return Query.boolean_query([(Occur.Must, query), (Occur.Should, bonus)])
