"""The words of the corpus: spelling, key, and how often each book has them."""

import fnmatch
import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from heapq import nlargest
from itertools import accumulate, chain, islice, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Self

from app.index.compounds import Compounds, Pair
from app.index.dictionary import Dictionary
from app.index.early_words import EARLY
from app.index.inflection import bases, without_eth
from app.index.lexemes import lexemes, related
from app.index.pairs import frequent
from app.index.spelling import canonical_spellings
from app.index.stems import key as stem_key
from app.index.stems import languages

WORDS_FILE = "vocabulary.txt"
KEYS_FILE = "keys.bin"
COUNTS_FILE = "counts.bin"

_QUOTED = 5


class Vocabulary:
    """Words in alphabetical order, with their modern spelling, key and counts by book.

    A word's *key* is the shortest inflection of its modern spelling: love, loves, loveth, loue and louing share the key
    "love". One dictionary of all words is worth its memory, since every query uses it; everything else is found by
    bisection and in arrays.
    """

    def __init__(
        self,
        words: list[str],
        keys: Iterable[str],
        key_ordinals: "array[int]",
        spellings: dict[str, str],
        counts: "BookCounts",
        frequent: frozenset[str],
        compounds: Compounds,
        elsewhere: str,
        others: dict[str, tuple[str, ...]],
    ) -> None:
        """`keys` are the distinct keys, in order, and `key_ordinals` the index of each word's key; `frequent` are keys
        whose pairs are indexed; `elsewhere` are English words and names that the books do not have; `others` are the
        further keys of words that occur in books of several languages."""
        self.words = words
        self.frequent = frequent
        self.compounds = compounds
        self._spellings = spellings
        # One string takes a tenth of the memory, and few of its words are ever looked up.
        self._elsewhere = f" {elsewhere} "
        self._counts = counts
        self._ordinals = dict(zip(words, range(len(words)), strict=True))
        # Most keys are words too: they share one string.
        self.keys = [key if (same := self._ordinals.get(key)) is None else words[same] for key in keys]
        self._key_ordinals = key_ordinals
        self._others = others
        self._languages = languages(self.keys)
        # The words in the order of their keys, and where the words of each key begin.
        placed = [(bisect_left(self.keys, key), self._ordinals[word]) for word in others for key in others[word]]
        pairs = sorted([*zip(key_ordinals, range(len(words)), strict=True), *placed]) if placed else ()
        by_key = [word for _, word in pairs] or sorted(self._ordinals.values(), key=key_ordinals.__getitem__)
        self._by_key = array("I", by_key)
        sizes = array("I", bytes(4 * len(self.keys)))
        self._key_totals = array("I", sizes)
        for ordinal, word in chain(zip(key_ordinals, range(len(words)), strict=True), placed):
            sizes[ordinal] += 1
            self._key_totals[ordinal] += counts.totals[word]
        # One request looks up the same words several times, and so do the pages that follow.
        self.matching = lru_cache(maxsize=8)(self._matching)
        self._key_starts = array("I", accumulate(sizes, initial=0))

    @classmethod
    def of_books(
        cls,
        books: Iterable[tuple[bool | None, Mapping[str, int]]],
        dictionary: Dictionary,
        hyphenated: Collection[Pair] = frozenset(),
        other_keys: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> Self:
        """Builds the vocabulary from the word counts of each book, with whether its spelling is early-modern English
        (None in another language), pairs of words with a hyphen between, and the keys of words in other languages. The
        books are iterated twice, so that they can be read one by one."""
        early, modern, having = Counter[str](), Counter[str](), Counter[str]()
        for is_early, counted in books:
            if is_early is not None:
                (early if is_early else modern).update(counted)
            having.update(counted.keys())
        english = sorted({*early, *modern})
        words = sorted({*english, *other_keys}) if other_keys else english
        # Modern books quote old ones; a word that they have nearly as often is one of their own.
        quoted = [word for word in early.keys() & modern.keys() if early[word] >= _QUOTED * modern[word]]
        old = {word for word in quoted if not (word in dictionary or dictionary.names(word))}
        old |= (early.keys() - modern.keys()) | (EARLY.keys() & early.keys())
        spellings = canonical_spellings(modern, sorted(old), dictionary)
        plain = {word: without_eth(spellings.get(word, word), modern) for word in english}
        key_of = lexemes(plain.values(), dictionary)
        own = [key_of[plain[word]] if word in plain else other_keys[word][0] for word in words]
        others = {
            word: tuple(further)
            for word, key in zip(words, own, strict=True)
            if (further := [other for other in other_keys.get(word, ()) if other != key])
        }
        keys = sorted({*own, *chain.from_iterable(others.values())})
        ordinals = {key: i for i, key in enumerate(keys)}
        counts = BookCounts.of_books(words, having, (counted for _, counted in books))
        by_key: Counter[str] = Counter()
        for key, count in zip(own, counts.totals, strict=True):
            by_key[key] += count
        key_ordinals = array("I", map(ordinals.__getitem__, own))
        often = frequent(by_key)
        # "May-be" does not turn every "may be" into maybe.
        telling = [pair for pair in hyphenated if often.isdisjoint(key_of.get(word, word) for word in pair)]
        known = set(words)
        compounds = Compounds.of(telling, dictionary.__contains__, known)
        elsewhere = " ".join(sorted(entry for entry in dictionary if entry not in known))
        return cls(words, keys, key_ordinals, spellings, counts, often, compounds, elsewhere, others)

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
        return self.keys[self._key_ordinals[ordinal]]

    def other_keys(self, word: str) -> tuple[str, ...]:
        """The further keys of a word that occurs in several languages: "die" of English and of German."""
        return self._others.get(word, ())

    def forms(self, word: str) -> list[str]:
        """The words of the corpus that share a key with this one, in alphabetical order."""
        place = self._key_place(word)
        if place is None:
            return []
        own = self._words_of_key(place)
        others = [form for key in self.other_keys(word) for form in self._words_of_key(bisect_left(self.keys, key))]
        return sorted({*own, *others}) if others else own

    def _words_of_key(self, place: int) -> list[str]:
        return [self.words[i] for i in self._by_key[self._key_starts[place] : self._key_starts[place + 1]]]

    def _key_place(self, word: str) -> int | None:
        """The index of the word's key; None if the corpus does not have it."""
        ordinal = self._ordinals.get(word)
        return _find(self.keys, self.key(word)) if ordinal is None else self._key_ordinals[ordinal]

    def spellings(self, word: str) -> list[str]:
        """The words of the corpus with the same modern spelling, itself included if the corpus has it."""
        modern, forms = self.canonical(word), self.forms(word)
        if not self.are_respelled(forms):
            return [modern] if modern in self._ordinals else []
        return [form for form in forms if self.canonical(form) == modern]

    def has_spellings(self, word: str) -> bool:
        """Whether the corpus spells the word in more than one way, or not as today."""
        return self.canonical(word) != word or len(self.spellings(word)) > 1

    def with_spellings(self) -> set[str]:
        """All words that the corpus spells in more than one way, or not as today; faster than asking for each."""
        respelled = self._spellings.keys() & self._ordinals.keys()
        return respelled | (set(self._spellings.values()) & self._ordinals.keys())

    def spelt_as(self, modern: Set[str]) -> set[str]:
        """The words of the corpus with one of these modern spellings."""
        return {old for old, new in self._spellings.items() if new in modern} | (modern & self._ordinals.keys())

    @property
    def total(self) -> int:
        """How many words the corpus has in total."""
        return sum(self._counts.totals)

    def count(self, word: str) -> int:
        """How often the word occurs in all books."""
        ordinal = self._ordinals.get(word)
        return 0 if ordinal is None else self._counts.totals[ordinal]

    def count_of_forms(self, word: str) -> int:
        """How often all words that share a key with this one occur."""
        place = self._key_place(word)
        if place is None:
            return 0
        others = [self._key_totals[bisect_left(self.keys, key)] for key in self.other_keys(word)]
        return self._key_totals[place] + sum(others)

    def counts(self, word: str) -> list[tuple[int, int]]:
        """(ordinal of the book, occurrences) for each book that has the word."""
        ordinal = self._ordinals.get(word)
        return [] if ordinal is None else self._counts.of(ordinal)

    def counting(self, books: Collection[int] | None) -> Callable[[str], int]:
        """A function that counts a word in these books; None is all of them."""
        if books is None:
            return self.count
        return lambda word: sum(count for book, count in self.counts(word) if book in books)

    def of_book(self, book: int) -> Iterator[tuple[str, int]]:
        """The words of a book in alphabetical order, each with how often it occurs there."""
        return ((self.words[word], count) for word, count in self._counts.of_book(book))

    def starting_with(self, prefix: str, limit: int | None = None) -> list[str]:
        """The words with this prefix, the most frequent first; at most `limit`."""
        found = self._starting_with(prefix)
        best = nlargest(limit or len(found), found, key=self._counts.totals.__getitem__)
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
        """Writes seven lines: the words, the keys, pairs of an old and a modern spelling, the frequent keys, the
        compounds, English words that the corpus does not have, and pairs of a word and a further key. Also which key
        each word has."""
        pairs = (f"{old} {modern}" for old, modern in sorted(self._spellings.items()))
        lines = [*map(" ".join, (self.words, self.keys, pairs, sorted(self.frequent))), str(self.compounds)]
        others = (f"{word} {key}" for word, keys in self._others.items() for key in keys)
        lines += self._elsewhere.strip(), " ".join(others)
        (directory / WORDS_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        (directory / KEYS_FILE).write_bytes(self._key_ordinals.tobytes())
        self._counts.save(directory / COUNTS_FILE)

    @classmethod
    def load(cls, directory: Path) -> Self:
        lines = (directory / WORDS_FILE).read_text(encoding="utf-8").splitlines()
        known, keys, pairs, frequent, compounds, elsewhere, further = lines
        words = known.split()
        # A word shares one string wherever it occurs. Some modern spellings are not words of the corpus.
        spelling = iter([word if (same := _find(words, word)) is None else words[same] for word in pairs.split()])
        key_ordinals = array("I")
        key_ordinals.frombytes((directory / KEYS_FILE).read_bytes())
        counts = BookCounts.load(directory / COUNTS_FILE, len(words))
        return cls(
            words,
            # Taken one by one, because most are not kept.
            (match.group() for match in re.finditer(r"\S+", keys)),
            key_ordinals,
            dict(zip(spelling, spelling, strict=True)),
            counts,
            frozenset(frequent.split()),
            Compounds.read(compounds),
            elsewhere,
            _by_word(further.split()),
        )


def _by_word(pairs: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word, key in zip(pairs[::2], pairs[1::2], strict=True):
        found[word] = (*found.get(word, ()), key)
    return found


def beginning(pattern: str) -> str:
    """The beginning that all words have that match a pattern with * and ?."""
    return re.split("[*?]", pattern, maxsplit=1)[0]


def _find(ordered: Sequence[str], wanted: str) -> int | None:
    place = bisect_left(ordered, wanted)
    return place if place < len(ordered) and ordered[place] == wanted else None


class BookCounts:
    """Occurrences by word and book: entries starts[i] to starts[i + 1] of `books` and `counts` belong to word i."""

    def __init__(self, starts: "array[int]", books: "array[int]", counts: "array[int]") -> None:
        self._starts, self._books, self._counts = starts, books, counts
        self.totals = array("I", (sum(counts[a:b]) for a, b in pairwise(starts)))

    @classmethod
    def of_books(cls, words: Sequence[str], having: Mapping[str, int], books: Iterable[Mapping[str, int]]) -> Self:
        """Builds the counts from the words in order, how many books have each, and the occurrences in each book."""
        starts = array("I", accumulate((having[word] for word in words), initial=0))
        free = dict(zip(words, starts, strict=False))
        own, counts = array("I", bytes(4 * starts[-1])), array("I", bytes(4 * starts[-1]))
        for ordinal, counted in enumerate(books):
            for word, count in counted.items():
                place = free[word]
                own[place], counts[place] = ordinal, count
                free[word] = place + 1
        return cls(starts, own, counts)

    def of(self, word: int) -> list[tuple[int, int]]:
        a, b = self._starts[word], self._starts[word + 1]
        return list(zip(self._books[a:b], self._counts[a:b], strict=True))

    def of_book(self, book: int) -> Iterator[tuple[int, int]]:
        """(index of the word, occurrences) for each word that the book has."""
        places = (i for i, other in enumerate(self._books) if other == book)
        return ((bisect_right(self._starts, i) - 1, self._counts[i]) for i in places)

    def save(self, path: Path) -> None:
        path.write_bytes(self._starts.tobytes() + self._books.tobytes() + self._counts.tobytes())

    @classmethod
    def load(cls, path: Path, words: int) -> Self:
        data = memoryview(path.read_bytes())
        starts, books, counts = array("I"), array("I"), array("I")
        end = (words + 1) * starts.itemsize
        starts.frombytes(data[:end])
        middle = end + starts[-1] * books.itemsize
        books.frombytes(data[end:middle])
        counts.frombytes(data[middle:])
        return cls(starts, books, counts)
