"""Query expansion: from the words of a query to those of the books, by inflection, spelling and prefix."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from app.index.vocabulary import Vocabulary
from app.search.matching.word_forms import Forms
from app.search.query import Term, TermKind, is_about_ends

MAX_VARIANTS = 8
# Bounds what a query costs: prefixes and wildcards that stand for more words in total are refused. In the 18 books, no
# three prefixes stand for as many.
MAX_EXPANSIONS = 4_096


@dataclass(eq=False)
class Expanded:
    """A term as the index knows it.

    `keys` are the stems of its words. `exact` depends on the kind of the term: of a phrase, the modern spellings of its
    words in turn; of a prefix, of all words that begin with it, the most frequent first; of a word in quotation marks,
    or with * at an end, the words as printed; of other wildcards, the stems that match; of a plain word, its stems in
    further languages. `forms` are, for each position, the words that count as a match there.
    """

    term: Term
    keys: tuple[str, ...]
    exact: tuple[str, ...]
    forms: tuple[frozenset[str], ...]

    @cached_property
    def first(self) -> Forms:
        """The words of the first position, ready to be found in texts."""
        return Forms(self.forms[0], self.term.words[0] if self.term.kind is TermKind.PREFIX else None)


def expand(term: Term, vocabulary: Vocabulary) -> Expanded:
    if term.kind is TermKind.PREFIX:
        return _expand_prefix(term, vocabulary)
    if term.kind is TermKind.WILDCARD:
        return _expand_wildcards(term, vocabulary)
    if term.kind is TermKind.SPEAKER:
        return Expanded(term, (), (), ())
    if term.kind is TermKind.WORD:
        (word,) = term.words
        key, forms = vocabulary.key(word), frozenset(vocabulary.forms(word))
        return Expanded(term, (key,), vocabulary.other_keys(word), (forms,))
    if term.kind is TermKind.EXACT:
        keys = tuple(map(vocabulary.key, term.words))
        return Expanded(term, keys, term.words, (frozenset(word for word in term.words if word in vocabulary),))
    return Expanded(term, *zip(*(_in_phrase(word, vocabulary) for word in term.words), strict=True))


@lru_cache(maxsize=2048)
def _in_phrase(word: str, vocabulary: Vocabulary) -> tuple[str, str, frozenset[str]]:
    """The key of the word, its modern spelling and the words that match it. They are cached, as phrases share words."""
    return vocabulary.key(word), vocabulary.canonical(word), frozenset(vocabulary.spellings(word))


def _expand_wildcards(term: Term, vocabulary: Vocabulary) -> Expanded:
    words = vocabulary.matching(term.words[0], MAX_EXPANSIONS + 1)
    if is_about_ends(term.words[0]):
        return Expanded(term, (), tuple(words), (frozenset(words),))
    forms = {vocabulary.key(word): vocabulary.forms(word) for word in words}
    return Expanded(term, (), tuple(forms), (frozenset(chain.from_iterable(forms.values())),))


def _expand_prefix(term: Term, vocabulary: Vocabulary) -> Expanded:
    words = vocabulary.starting_with(term.words[0])
    modern = dict.fromkeys(map(vocabulary.canonical, words))
    return Expanded(term, (), tuple(modern), (frozenset(vocabulary.spelt_as(modern.keys())),))


def variants(typed: Term, ways: Sequence[Expanded], vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The other spellings that match, by the word that was typed: love is also "loue", tomorrow also "to morrow".
    `ways` are all ways to write the term."""
    if typed.kind not in (TermKind.WORD, TermKind.PHRASE):
        return {}
    others_of: dict[str, list[str]] = {}
    if others := [" ".join(way.term.words) for way in ways if way.term != typed]:
        others_of[" ".join(typed.words)] = others
    if ways[0].term != typed:
        return others_of
    for word, forms in zip(typed.words, ways[0].forms, strict=True):
        if vocabulary.are_respelled(forms):
            other = [form for form in forms if form != word and _differ(form, word, vocabulary)]
            other.sort(key=lambda form: (-vocabulary.count(form), form))
            if other:
                others_of[word] = [*others_of.get(word, ()), *other][:MAX_VARIANTS]
    return others_of


def merge_variants(each: Iterable[dict[str, list[str]]]) -> dict[str, list[str]]:
    """The variants of several terms in one dictionary; terms may share words."""
    others_of: dict[str, list[str]] = {}
    for variants in each:
        for word, others in variants.items():
            others_of[word] = [*others_of.get(word, ()), *others][:MAX_VARIANTS]
    return others_of


def _differ(form: str, word: str, vocabulary: Vocabulary) -> bool:
    """Whether the two differ in spelling, not only in inflection."""
    return (vocabulary.canonical(form) != form) or (vocabulary.canonical(word) == form)
