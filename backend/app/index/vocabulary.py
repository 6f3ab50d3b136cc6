"""The words of the corpus: spelling, key, and how often each book has them."""

import fnmatch
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

from app.index import archive
from app.index.archive import Archive
from app.index.compounds import Compounds
from app.index.inflection import bases
from app.index.lexemes import related
from app.index.stems import key as stem_key
from app.index.stems import languages

VOCABULARY_FILE = "vocabulary.zip"

_WORDS, _FURTHER, _REST, _COUNTS = "words.txt", "further-keys.txt", "rest.txt", "counts.bin"


class Keys(NamedTuple):
    """Which words have which keys: `names` are the words and further strings that are keys, and for each key, in order,
    `places` says which of them it is; `of_word` says which key each word has. `words` are the words in the order of
    their keys, of which the key i has those from starts[i] to starts[i + 1], which
    occur totals[i] times."""

    names: Sequence[str]
    places: Sequence[int]
    of_word: Sequence[int]
    words: Sequence[int]
    starts: Sequence[int]
    totals: Sequence[int]


_COLUMNS = ("places", "of_word", "words", "starts", "totals")


class Vocabulary:
    """Words in alphabetical order with their modern spelling, key and count.

    A word's *key* is the shortest inflection of its modern spelling: love, loves, loveth, loue and louing share the key
    "love". One dictionary of all words is worth its memory, since every query uses it; everything else is found by
    bisection and in arrays.
    """

    def __init__(
        self,
        words: list[str],
        totals: Sequence[int],
        keys: Keys,
        spellings: dict[str, str],
        frequent: frozenset[str],
        compounds: Compounds,
        elsewhere: str,
        others: dict[str, tuple[str, ...]],
    ) -> None:
        """`totals` are the occurrences of each word; `frequent` are the keys whose pairs are indexed; `elsewhere` are
        words and names of English that the books do not have; `others` are the further keys of words that books in
        several languages have."""
        self.words = words
        self.frequent = frequent
        self.compounds = compounds
        self._totals, self._keys = totals, keys
        self._spellings = spellings
        # One string takes a tenth of the memory, and few of its words are ever looked up.
        self._elsewhere = f" {elsewhere} "
        self._ordinals = dict(zip(words, range(len(words)), strict=True))
        # Most keys are words too: they share one string.
        self.keys = list(map(keys.names.__getitem__, keys.places))
        self._others = others
        # One request looks up the same words several times, and so do the pages that follow.
        self.matching = lru_cache(maxsize=8)(self._matching)

    @cached_property
    def _languages(self) -> list[str]:
        return languages(self.keys)

    def __contains__(self, word: str) -> bool:
        return word in self._ordinals

    def is_elsewhere(self, word: str) -> bool:
        """Whether English has the word or name although the books do not: Holmes, robots."""
        return any(f" {form} " in self._elsewhere for form in (word, *(base for base, _ in bases(word))))

    def canonical(self, word: str) -> str:
        """The modern spelling of a word; the word itself if it has no other."""
        return self._spellings.get(word, word)

    def are_respelled(self, words: Iterable[str]) -> bool:
        """Whether any of the words has a different modern spelling."""
        return not self._spellings.keys().isdisjoint(words)

    def key(self, word: str) -> str:
        """The key of a word, even one that the corpus does not have."""
        ordinal = self._ordinals.get(word)
        if ordinal is None:
            known = next(filter(self._ordinals.__contains__, related(word)), None)
            if known is None:
                stems = (stem_key(word, language) for language in self._languages)
                return next((key for key in stems if _find(self.keys, key) is not None), word)
            ordinal = self._ordinals[known]
        return self.keys[self._keys.of_word[ordinal]]

    def key_of_each(self) -> dict[str, str]:
        """The keys of all words that the corpus has."""
        return dict(zip(self.words, map(self.keys.__getitem__, self._keys.of_word), strict=True))

    @property
    def respelled(self) -> Mapping[str, str]:
        """The modern spelling of each word that has another one."""
        return self._spellings

    def other_keys(self, word: str) -> tuple[str, ...]:
        """The further keys of a word that occurs in several languages: "die" of English and of German."""
        return self._others.get(word, ())

    def forms(self, word: str) -> list[str]:
        """The words of the corpus that share a key with this one, in alphabetical order."""
        position = self._key_position(word)
        if position is None:
            return []
        own = self._words_of_key(position)
        others = [form for key in self.other_keys(word) for form in self._words_of_key(bisect_left(self.keys, key))]
        return sorted({*own, *others}) if others else own

    def _words_of_key(self, position: int) -> list[str]:
        return [self.words[i] for i in self._keys.words[self._keys.starts[position] : self._keys.starts[position + 1]]]

    def _key_position(self, word: str) -> int | None:
        """The index of the word's key; None if the corpus does not have it."""
        ordinal = self._ordinals.get(word)
        return _find(self.keys, self.key(word)) if ordinal is None else self._keys.of_word[ordinal]

    def spellings(self, word: str) -> list[str]:
        """The words of the corpus with the same modern spelling, itself included if the corpus has it."""
        modern, forms = self.canonical(word), self.forms(word)
        if not self.are_respelled(forms):
            return [modern] if modern in self._ordinals else []
        return [form for form in forms if self.canonical(form) == modern]

    @cached_property
    def with_spellings(self) -> set[str]:
        """The words that the corpus spells in more than one way, or not as today."""
        respelled = self._spellings.keys() & self._ordinals.keys()
        return respelled | (set(self._spellings.values()) & self._ordinals.keys())

    def spelt_as(self, modern: Set[str]) -> set[str]:
        """The words of the corpus with one of these modern spellings."""
        return {old for old, new in self._spellings.items() if new in modern} | (modern & self._ordinals.keys())

    @property
    def total(self) -> int:
        """How many words the corpus has in total."""
        return sum(self._totals)

    def count(self, word: str) -> int:
        """How often the word occurs in all books."""
        ordinal = self._ordinals.get(word)
        return 0 if ordinal is None else self._totals[ordinal]

    def count_of_forms(self, word: str) -> int:
        """How often all words that share a key with this one occur."""
        position = self._key_position(word)
        if position is None:
            return 0
        others = [self._keys.totals[bisect_left(self.keys, key)] for key in self.other_keys(word)]
        return self._keys.totals[position] + sum(others)

    def common_keys(self, least: float) -> Iterator[str]:
        """The keys whose words occur more often."""
        return (key for key, count in zip(self.keys, self._keys.totals, strict=True) if count > least)

    def starting_with(self, prefix: str, limit: int | None = None) -> list[str]:
        """The words with this prefix, the most frequent first; at most `limit`."""
        completions = self._starting_with(prefix)
        best = nlargest(limit or len(completions), completions, key=self._totals.__getitem__)
        return [self.words[i] for i in best]

    def number_starting_with(self, prefix: str) -> int:
        return len(self._starting_with(prefix))

    def _matching(self, pattern: str, most: int) -> list[str]:
        """At most `most` words that match a pattern with * and ?, the most frequent first."""
        # fnmatch compiles to a pattern without backtracking, so that no pattern takes long.
        looks_so = re.compile(fnmatch.translate(pattern)).match
        likely = map(self.words.__getitem__, self._starting_with(beginning(pattern)))
        return sorted(islice(filter(looks_so, likely), most), key=lambda word: (-self.count(word), word))

    def _starting_with(self, prefix: str) -> range:
        return range(bisect_left(self.words, prefix), bisect_left(self.words, prefix + "\U0010ffff"))

    def save(self, directory: Path) -> None:
        """Writes the vocabulary to a file in the directory. Besides the words, it has five lines: pairs of an old and a
        modern spelling, the frequent keys, the compounds, words of English that the books lack, and pairs of a word and
        a further key."""
        pairs = " ".join(f"{old} {modern}" for old, modern in sorted(self._spellings.items()))
        others = " ".join(f"{word} {key}" for word, keys in self._others.items() for key in keys)
        rest = pairs, " ".join(sorted(self.frequent)), str(self.compounds), self._elsewhere.strip(), others
        texts = {
            _WORDS: " ".join(self.words),
            _FURTHER: " ".join(self._keys.names[len(self.words) :]),
            _REST: "\n".join(rest),
        }
        columns = {f"{name}.bin": getattr(self._keys, name) for name in _COLUMNS} | {_COUNTS: self._totals}
        numbers = {name: memoryview(column).tobytes() for name, column in columns.items()}
        archive.add(directory / VOCABULARY_FILE, numbers, {name: text.encode() for name, text in texts.items()})

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Reads the vocabulary that `save` wrote. Raises ValueError and OSError."""
        opened = Archive(directory / VOCABULARY_FILE)
        known, further, rest = (opened.compressed(name).decode() for name in (_WORDS, _FURTHER, _REST))
        words = known.split()
        pairs, frequent, compounds, elsewhere, others = rest.split("\n")
        # A word shares one string wherever it occurs. Some modern spellings are not words of the corpus.
        spelling = iter([word if (same := _find(words, word)) is None else words[same] for word in pairs.split()])
        return cls(
            words,
            opened.numbers(_COUNTS),
            Keys([*words, *further.split()], *(opened.numbers(f"{name}.bin") for name in _COLUMNS)),
            dict(zip(spelling, spelling, strict=True)),
            frozenset(frequent.split()),
            Compounds.read(compounds),
            elsewhere,
            _by_word(others.split()),
        )


def _by_word(pairs: Sequence[str]) -> dict[str, tuple[str, ...]]:
    keys_of: dict[str, tuple[str, ...]] = {}
    for word, key in zip(pairs[::2], pairs[1::2], strict=True):
        keys_of[word] = (*keys_of.get(word, ()), key)
    return keys_of


def beginning(pattern: str) -> str:
    """The beginning that all words have that match a pattern with * and ?."""
    return re.split("[*?]", pattern, maxsplit=1)[0]


def _find(ordered: Sequence[str], wanted: str) -> int | None:
    position = bisect_left(ordered, wanted)
    return position if position < len(ordered) and ordered[position] == wanted else None
