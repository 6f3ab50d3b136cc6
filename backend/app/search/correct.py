"""Typo correction over the vocabulary of the corpus."""

from collections.abc import Callable, Iterable, Sequence
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.index.vocabulary import Vocabulary
from app.search.query import Kind, Node, Query, Term, changed, terms

# More unknown words than this are no slips of the fingers.
_MAX_UNKNOWN = 4
# So many of the likeliest words are tried in the company of the rest of the query.
_MAX_CANDIDATES = 40
# Words outside these lengths are near to too many others, or cost too much to compare.
_LENGTHS = range(3, 33)
_TWO_SLIPS_FROM = 4

# (slips, whether the first letter differs, minus the frequency, the word): the smaller the likelier.
_Candidate = tuple[int, bool, int, str]


Company = Callable[[Sequence[Node]], Callable[[str], int]]
"""From the terms beside it: in how many passages a word stands with all of them."""


def correct(query: Query, vocabulary: Vocabulary, company: Company) -> tuple[Query, dict[str, str]] | None:
    """The query with its unknown words replaced, and what replaced them; None if nothing can be.

    Words that the books have are never replaced. Of the likely corrections the nearest is taken that stands in some
    passage with the known words of the query, then the one that does so most often.
    """
    missing = unknown(query, vocabulary)
    if len(missing) > _MAX_UNKNOWN:
        return None
    found = {word: near for word in missing if (near := candidates(word, vocabulary))}
    replaced: dict[str, str] = {}
    # The surest first: corrected, they are company for the others.
    for word in sorted(found, key=lambda word: found[word][0][:2]):
        context = [node for node in _replace(query, replaced).terms if not _missing([node], vocabulary)]
        replaced[word] = _best(found[word], context, company)
    return (_replace(query, replaced), replaced) if replaced else None


def unknown(query: Query, vocabulary: Vocabulary) -> list[str]:
    """The words of the query of which the books have no form."""
    return _missing(query.terms, vocabulary)


def _missing(nodes: Iterable[Node], vocabulary: Vocabulary) -> list[str]:
    return list(dict.fromkeys(word for term in terms(nodes) for word in missing_from(term, vocabulary)))


def missing_from(term: Term, vocabulary: Vocabulary) -> list[str]:
    if term.kind not in (Kind.WORD, Kind.PHRASE):
        return []
    return [word for word in term.words if not vocabulary.forms(word)]


def candidates(word: str, vocabulary: Vocabulary) -> list[_Candidate]:
    """The nearest words by optimal string alignment distance: the likeliest first."""
    if len(word) not in _LENGTHS or word.isdigit():
        return []
    letters = _letters(word)
    for slips in (1, 2) if len(word) >= _TWO_SLIPS_FROM else (1,):
        near = process.extract(word, vocabulary.words, scorer=OSA.distance, score_cutoff=slips, limit=None)
        if near:
            # An apostrophe left out is no slip of the fingers: dont is don't, not done.
            ranked = (
                (0 if _letters(other) == letters else int(d), other[0] != word[0], -vocabulary.count(other), other)
                for other, d, _ in near
            )
            return nsmallest(_MAX_CANDIDATES, ranked)
    return []


def _letters(word: str) -> str:
    return word.replace("'", "")


def _best(found: list[_Candidate], context: Sequence[Node], company: Company) -> str:
    if not context:
        return found[0][-1]
    count = company(context)

    def unlikely(candidate: _Candidate) -> tuple[bool, int, bool, int]:
        slips, other_initial, _, replacement = candidate
        passages = count(replacement)
        return passages == 0, slips, other_initial, -passages

    return min(found, key=unlikely)[-1]


def _replace(query: Query, replaced: dict[str, str]) -> Query:
    def corrected(term: Term) -> Term:
        if term.kind not in (Kind.WORD, Kind.PHRASE):
            return term
        return term._replace(words=tuple(replaced.get(word, word) for word in term.words))

    return changed(query, corrected)
