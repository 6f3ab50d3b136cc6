"""Typo correction with the vocabulary of the corpus."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from heapq import nsmallest
from itertools import groupby, pairwise
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.index.vocabulary import Vocabulary
from app.search.function_words import FUNCTION_WORDS
from app.search.places import NAMES
from app.search.query import A_SENTENCE, Node, Query, Term, TermKind, changed, terms
from app.words import WORD, normal

# More unknown words than this are not typing errors.
_MAX_UNKNOWN = 4
# How many of the likeliest candidates are tried together with the rest of the query.
_MAX_CANDIDATES = 40
# Shorter words are close to too many others; comparing longer ones costs too much.
_LENGTHS = range(3, 33)
_TWO_SLIPS_FROM = 4
# In shorter words, two typing errors make another word. So does one error in the first word of a query if it has a
# capital, which may begin a sentence or a name.
_SURE_OF_TWO_FROM = 8
_SURE_OF_FIRST_FROM = 7
# A word that occurs less often than this may be a typing error for another one.
_RARE = 20
_TITLES = frozenset(("mr", "mrs", "miss", "ms", "dr"))

# (typing errors, whether the first letter differs, negative frequency, word): the smallest is the likeliest.
_Candidate = tuple[int, bool, int, str]


Company = Callable[[Sequence[Node]], Callable[[str], int]]
"""Called with the other terms of the query; the result tells for a word in how many passages it occurs with all of
them."""


class Corrected(NamedTuple):
    """A corrected query, and the corrections by the word as it was typed."""

    query: Query
    words: dict[str, str]


class Corrections(NamedTuple):
    """`sure` replaces the query; `offered` is only shown, so that a name that the books do not know never becomes
    another name."""

    sure: Corrected | None
    offered: Corrected | None


def correct(query: Query, vocabulary: Vocabulary, company: Company, names: frozenset[str] = frozenset()) -> Corrections:
    """Corrects the unknown words of a query, or its rare ones if it has no unknown ones.

    Among the nearest candidates, the one is taken that occurs in most passages together with the known words of the
    query. A correction is not sure if it changes one of the `names`, a word that is English but in no book, or much of
    a short word, or if no passage has it together with the others.
    """
    missing = unknown(query, vocabulary)
    if len(missing) > _MAX_UNKNOWN:
        return Corrections(None, None)
    likely = {word: candidates(word, vocabulary) for word in missing}
    if not missing:
        likely = {word: _meant(word, vocabulary) for word in _rare(query, vocabulary)}
    likely = {word: near for word, near in likely.items() if near}
    replaced: dict[str, str] = {}
    met: set[str] = set()
    # The surest words come first: once corrected, they are context for the others.
    for word in sorted(likely, key=lambda word: likely[word][0][:2]):
        context = [node for node in _replace(query, replaced).terms if not _missing([node], vocabulary)]
        replaced[word], is_met = _best(likely[word], context, company)
        if is_met or len(query.terms) >= A_SENTENCE:
            met.add(word)
    sure = {
        word
        for word in met.intersection(missing)
        if not (word in names or word in NAMES or vocabulary.is_elsewhere(word)) and _is_slip(word, replaced[word])
    }
    sure = _together(query, missing, sure)
    is_near = all(likely[word][0][0] < 2 for word in replaced)
    return Corrections(
        _corrected(query, {word: replaced[word] for word in replaced if word in sure}),
        _corrected(query, replaced) if is_near and sure != replaced.keys() else None,
    )


def _corrected(query: Query, replaced: dict[str, str]) -> Corrected | None:
    return Corrected(_replace(query, replaced), replaced) if replaced else None


def _together(query: Query, missing: Sequence[str], sure: set[str]) -> set[str]:
    """Drops the corrections next to an unknown word that is not surely corrected: together they are a name."""
    own = [word for term in terms(query.terms) for word in term.words]
    runs = (list(run) for is_missing, run in groupby(own, set(missing).__contains__) if is_missing)
    return {word for run in runs if sure.issuperset(run) for word in run}


def names_in(typed: str) -> frozenset[str]:
    """The words of a query that have a capital as names do, or follow a title such as Mr."""
    written = [match.group() for match in WORD.finditer(typed)]
    capital = set() if typed.isupper() else {normal(word) for word in written[1:] if word[0].isupper()}
    first = {normal(word) for word in written[:1] if word[0].isupper() and not typed.isupper()}
    if len(written) > 1:
        first = {word for word in first if len(word) < _SURE_OF_FIRST_FROM}
    called = {normal(word) for title, word in pairwise(written) if normal(title) in _TITLES}
    return frozenset(capital | first | called)


def _is_slip(word: str, other: str) -> bool:
    """Whether the difference is so small that it can only be a typing error."""
    # y for i is an old spelling, no error: tygr means tiger.
    slips = OSA.distance(word.replace("y", "i"), other.replace("y", "i"))
    return slips < 2 or (len(word) >= _SURE_OF_TWO_FROM and word[0] == other[0])


def _rare(query: Query, vocabulary: Vocabulary) -> list[str]:
    """The words of the query that are rare in the books."""
    own = (word for term in terms(query.terms) if term.kind is TermKind.WORD for word in term.words)
    return [word for word in dict.fromkeys(own) if vocabulary.count_of_forms(word) < _RARE][:_MAX_UNKNOWN]


def _meant(word: str, vocabulary: Vocabulary) -> list[_Candidate]:
    """The candidates for a rare word, without its own inflections and without function words, which fit anywhere."""
    key = vocabulary.key(word)
    return [
        candidate
        for candidate in candidates(word, vocabulary)
        if candidate[-1] not in FUNCTION_WORDS and vocabulary.key(candidate[-1]) != key
    ]


def unknown(query: Query, vocabulary: Vocabulary) -> list[str]:
    """The words of the query that the books have in no form."""
    return _missing(query.terms, vocabulary)


def _missing(nodes: Iterable[Node], vocabulary: Vocabulary) -> list[str]:
    return list(dict.fromkeys(word for term in terms(nodes) for word in missing_from(term, vocabulary)))


def missing_from(term: Term, vocabulary: Vocabulary) -> list[str]:
    if term.kind not in (TermKind.WORD, TermKind.PHRASE):
        return []
    return [word for word in term.words if not (vocabulary.forms(word) or vocabulary.compounds.parts(word))]


def candidates(word: str, vocabulary: Vocabulary) -> list[_Candidate]:
    """The nearest words by optimal string alignment distance, the likeliest first."""
    if len(word) not in _LENGTHS or word.isdigit():
        return []
    letters = _letters(word)
    for slips in (1, 2) if len(word) >= _TWO_SLIPS_FROM else (1,):
        near = process.extract(word, vocabulary.words, scorer=OSA.distance, score_cutoff=slips, limit=None)
        if near:
            # A missing apostrophe is no error: dont means don't, not done.
            ranked = [
                (0 if _letters(other) == letters else int(d), other[0] != word[0], -vocabulary.count(other), other)
                for other, d, _ in near
                if other != word
            ]
            if ranked:
                return nsmallest(_MAX_CANDIDATES, ranked)
    return []


def _letters(word: str) -> str:
    return word.replace("'", "")


def _best(candidates: list[_Candidate], context: Sequence[Node], company: Company) -> tuple[str, bool]:
    """The best candidate, and whether any passage has it together with the context."""
    if not context:
        return candidates[0][-1], True
    count = cache(company(context))

    def unlikely(candidate: _Candidate) -> tuple[bool, int, bool, int]:
        slips, other_initial, _, replacement = candidate
        passages = count(replacement)
        return passages == 0, slips, other_initial, -passages

    best = min(candidates, key=unlikely)[-1]
    return best, count(best) > 0


def _replace(query: Query, replaced: dict[str, str]) -> Query:
    def corrected(term: Term) -> Term:
        if term.kind not in (TermKind.WORD, TermKind.PHRASE):
            return term
        return term._replace(words=tuple(replaced.get(word, word) for word in term.words))

    return changed(query, corrected)
