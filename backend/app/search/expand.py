"""From the words of a query to those of the books: inflections, spellings, prefixes."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from app.index.vocabulary import Vocabulary
from app.search.query import Kind, Term, is_about_ends

MAX_VARIANTS = 8
# Prefixes and wildcards of more words in all are refused: they bound what a query costs. Of the 18 books no three
# prefixes have as many.
MAX_EXPANSIONS = 4_096


class Expanded(NamedTuple):
    """A term as the index knows it. `keys` are stems, one for each word; `exact` modern spellings, of the words of a
    phrase in turn, or of all words with a prefix, the most frequent first; of a word in quotes or with * at an end,
    those that are printed so; of one with other wildcards, the keys of those that look so; of a word, the keys that it
    has in further languages. `forms` are, for each
    position, the words that count as a match there."""

    term: Term
    keys: tuple[str, ...]
    exact: tuple[str, ...]
    forms: tuple[frozenset[str], ...]


def expand(term: Term, vocabulary: Vocabulary) -> Expanded:
    if term.kind is Kind.PREFIX:
        return _expand_prefix(term, vocabulary)
    if term.kind is Kind.WILDCARD:
        return _expand_wildcards(term, vocabulary)
    if term.kind is Kind.SPEAKER:
        return Expanded(term, (), (), ())
    if term.kind is Kind.WORD:
        (word,) = term.words
        key, forms = vocabulary.key(word), frozenset(vocabulary.forms(word))
        return Expanded(term, (key,), vocabulary.other_keys(word), (forms,))
    keys = tuple(map(vocabulary.key, term.words))
    if term.kind is Kind.EXACT:
        return Expanded(term, keys, term.words, (frozenset(word for word in term.words if word in vocabulary),))
    exact = tuple(map(vocabulary.canonical, term.words))
    return Expanded(term, keys, exact, tuple(frozenset(vocabulary.spellings(word)) for word in term.words))


def _expand_wildcards(term: Term, vocabulary: Vocabulary) -> Expanded:
    found = vocabulary.matching(term.words[0], MAX_EXPANSIONS + 1)
    if is_about_ends(term.words[0]):
        return Expanded(term, (), tuple(found), (frozenset(found),))
    forms = {vocabulary.key(word): vocabulary.forms(word) for word in found}
    return Expanded(term, (), tuple(forms), (frozenset(chain.from_iterable(forms.values())),))


def _expand_prefix(term: Term, vocabulary: Vocabulary) -> Expanded:
    found = vocabulary.starting_with(term.words[0])
    modern = dict.fromkeys(map(vocabulary.canonical, found))
    return Expanded(term, (), tuple(modern), (frozenset(vocabulary.spelt_as(modern.keys())),))


def variants(terms: Mapping[Term, Sequence[Expanded]], vocabulary: Vocabulary) -> dict[str, list[str]]:
    """For each word of the terms, which are given in all the ways to write them, the other spellings that match it:
    love is also spelt "loue", "louing", and tomorrow "to morrow"."""
    found: dict[str, list[str]] = {}
    for typed, written in terms.items():
        if typed.kind not in (Kind.WORD, Kind.PHRASE):
            continue
        if others := [" ".join(one.term.words) for one in written if one.term != typed]:
            found[" ".join(typed.words)] = others
        term = written[0]
        if term.term != typed:
            continue
        for word, forms in zip(term.term.words, term.forms, strict=True):
            if not vocabulary.are_respelled(forms):
                continue
            other = [form for form in forms if form != word and _differ(form, word, vocabulary)]
            if other:
                other.sort(key=lambda form: (-vocabulary.count(form), form))
                found[word] = [*found.get(word, ()), *other][:MAX_VARIANTS]
    return found


def _differ(form: str, word: str, vocabulary: Vocabulary) -> bool:
    """Whether they differ in spelling, not only in inflection."""
    return (vocabulary.canonical(form) != form) or (vocabulary.canonical(word) == form)
