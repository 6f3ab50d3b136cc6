"""Makes the vocabulary of an index from how often its books have each word."""

from array import array
from collections.abc import Collection, Mapping, Sequence
from itertools import chain, repeat
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.index.compounds import Compounds, Pair
from app.index.dictionary import Dictionary
from app.index.early_words import EARLY
from app.index.inflection import without_eth
from app.index.lexemes import lexemes
from app.index.pairs import frequent
from app.index.spelling import canonical_spellings
from app.index.vocabulary import Keys, Vocabulary

_QUOTED = 5
_NONE: Mapping[str, int] = MappingProxyType({})


def vocabulary_of(
    dictionary: Dictionary,
    modern: Mapping[str, int],
    early: Mapping[str, int] = _NONE,
    foreign: Mapping[str, int] = _NONE,
    hyphenated: Collection[Pair] = frozenset(),
    other_keys: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Vocabulary:
    """The vocabulary, from how often each word occurs in books of modern English, of early-modern English and in other
    languages; from words with a hyphen between; and from the keys that words have in other languages."""
    # Modern books quote old ones; a word that they have nearly as often is one of their own.
    quoted = [word for word in early.keys() & modern.keys() if early[word] >= _QUOTED * modern[word]]
    old = {word for word in quoted if not (word in dictionary or dictionary.names(word))}
    old |= (early.keys() - modern.keys()) | (EARLY.keys() & early.keys())
    spellings = canonical_spellings(modern, sorted(old), dictionary)
    english = sorted(dict.fromkeys(chain(modern, early)))  # in their order, since they are nearly sorted
    plain = [without_eth(spelling, modern) for spelling in map(spellings.get, english, english)]
    key_of = lexemes(plain, dictionary)
    own_key = {word: keys[0] for word, keys in other_keys.items()}
    own_key.update(zip(english, map(key_of.__getitem__, plain), strict=True))
    words = sorted(own_key)
    others = {
        word: further
        for word, keys in other_keys.items()
        if (further := tuple(key for key in keys if key != own_key[word]))
    }
    each = (map(counts.get, words, repeat(0)) for counts in (modern, early, foreign) if counts)
    totals = array("I", map(sum, zip(*each, strict=True)))
    keys = _keys(words, totals, [own_key[word] for word in words], others)
    often = frequent(_occurrences(keys, totals))
    # "May-be" does not turn every "may be" into maybe.
    telling = [pair for pair in hyphenated if often.isdisjoint(key_of.get(word, word) for word in pair)]
    compounds = Compounds.of(telling, dictionary.__contains__, own_key)
    elsewhere = " ".join(sorted(entry for entry in dictionary if entry not in own_key))
    return Vocabulary(words, totals, keys, spellings, often, compounds, elsewhere, others)


def _keys(words: Sequence[str], totals: Sequence[int], own: Sequence[str], others: Mapping[str, Sequence[str]]) -> Keys:
    """From the words in order, the occurrences and the key of each, and the further keys of some."""
    keys = sorted(dict.fromkeys(chain(own, *others.values())))
    names = [*words, *sorted({*keys}.difference(words))]
    places, ordinals = (dict(zip(some, range(len(some)), strict=True)) for some in (names, keys))
    of_word = [*map(ordinals.__getitem__, own)]
    further = [(ordinals[key], places[word]) for word, more in others.items() for key in more]
    of_each = np.array([*of_word, *(key for key, _ in further)], np.uint32)
    word_of_each = np.array([*range(len(words)), *(word for _, word in further)], np.uint32)
    order = np.lexsort((word_of_each, of_each))
    return Keys(
        names,
        array("I", map(places.__getitem__, keys)),
        array("I", of_word),
        _column(word_of_each[order]),
        _column(np.searchsorted(of_each[order], range(len(keys) + 1))),
        _column(np.bincount(of_each, np.array(totals)[word_of_each], len(keys))),
    )


def _occurrences(keys: Keys, totals: Sequence[int]) -> dict[str, int]:
    """How often each key occurs, without words that have it as a further key."""
    counted = np.bincount(keys.of_word, totals, len(keys.places)).astype(int).tolist()
    return dict(zip(map(keys.names.__getitem__, keys.places), counted, strict=True))


def _column(numbers: NDArray[Any]) -> "array[int]":
    return array("I", numbers.astype(np.uint32).tobytes())
