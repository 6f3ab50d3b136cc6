"""The words of the corpus: spelling, stem, and how often each book has them."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nlargest
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Self

from app.index.pairs import frequent
from app.index.schema import stemmer
from app.index.spelling import canonical_spellings

WORDS_FILE = "vocabulary.txt"
COUNTS_FILE = "counts.bin"


class Vocabulary:
    """Words in alphabetical order with their modern spelling, stem and counts by book.

    A word's *key* is the stem of its modern spelling: love, loves, loue and louing share the key "love". Numbers in
    arrays stand for words wherever they can: strings and sets for each word would take too much memory.
    """

    def __init__(
        self,
        words: list[str],
        keys: Sequence[str],
        spellings: dict[str, str],
        counts: "BookCounts",
        frequent: frozenset[str],
    ) -> None:
        """`keys` are those of `words`, one for each; `frequent` are those of them whose pairs are indexed."""
        self.words = words
        self.frequent = frequent
        self._spellings = spellings
        self._counts = counts
        self._ordinals = {word: i for i, word in enumerate(words)}
        self._stemmer = stemmer()
        # The words in the order of their keys, and where in that order each distinct key begins.
        self._by_key = array("I", sorted(range(len(words)), key=keys.__getitem__))
        self._keys = sorted(set(keys))
        starts = Counter(keys)
        self._key_starts = array("I", accumulate((starts[key] for key in self._keys), initial=0))
        ordinals = {key: i for i, key in enumerate(self._keys)}
        self._key_ordinals = array("I", map(ordinals.__getitem__, keys))

    @classmethod
    def of_books(cls, books: Sequence[tuple[bool, Mapping[str, int]]]) -> Self:
        """From each book's word counts, with whether its spelling is early-modern."""
        modern: Counter[str] = Counter()
        for early_modern, counted in books:
            if not early_modern:
                modern.update(counted)
        words = sorted(set().union(*(counted for _, counted in books)))
        spellings = canonical_spellings(modern, [word for word in words if word not in modern])
        keys = stemmer().analyze(" ".join(spellings.get(word, word) for word in words))
        counts = BookCounts.of_books(words, [counted for _, counted in books])
        by_key: Counter[str] = Counter()
        for key, count in zip(keys, counts.totals, strict=True):
            by_key[key] += count
        return cls(words, keys, spellings, counts, frequent(by_key))

    def __contains__(self, word: str) -> bool:
        return word in self._ordinals

    def canonical(self, word: str) -> str:
        """Its modern spelling; the word itself when it has no other."""
        return self._spellings.get(word, word)

    def key(self, word: str) -> str:
        """The stem of its modern spelling, also for words that the corpus does not have."""
        ordinal = self._ordinals.get(word)
        return self._stem(word) if ordinal is None else self._keys[self._key_ordinals[ordinal]]

    def forms(self, word: str) -> list[str]:
        """The words of the corpus that share the word's key, in alphabetical order."""
        ordinal = self._ordinals.get(word)
        place = self._place(self._stem(word)) if ordinal is None else self._key_ordinals[ordinal]
        if place is None:
            return []
        return [self.words[i] for i in self._by_key[self._key_starts[place] : self._key_starts[place + 1]]]

    def spellings(self, word: str) -> list[str]:
        """The words with the same modern spelling as this one, itself included if the corpus has it."""
        modern = self.canonical(word)
        return [form for form in self.forms(word) if self.canonical(form) == modern]

    def count(self, word: str) -> int:
        """Its occurrences in all books."""
        ordinal = self._ordinals.get(word)
        return 0 if ordinal is None else self._counts.totals[ordinal]

    def counts(self, word: str) -> list[tuple[int, int]]:
        """(ordinal of the book, occurrences) for each book that has it."""
        ordinal = self._ordinals.get(word)
        return [] if ordinal is None else self._counts.of(ordinal)

    def starting_with(self, prefix: str, limit: int) -> list[str]:
        """The most frequent words that begin with the prefix."""
        start = bisect_left(self.words, prefix)
        end = bisect_left(self.words, prefix + "\U0010ffff")
        best = nlargest(limit, range(start, end), key=self._counts.totals.__getitem__)
        return [self.words[i] for i in best]

    def save(self, directory: Path) -> None:
        """Four lines: the words, their keys, pairs of an old and a modern spelling, and the frequent keys."""
        keys = map(self.key, self.words)
        pairs = (f"{old} {modern}" for old, modern in sorted(self._spellings.items()))
        lines = "\n".join(" ".join(line) for line in (self.words, keys, pairs, sorted(self.frequent)))
        (directory / WORDS_FILE).write_text(lines + "\n", encoding="utf-8", newline="\n")
        self._counts.save(directory / COUNTS_FILE)

    @classmethod
    def load(cls, directory: Path) -> Self:
        words, keys, pairs, frequent = (
            line.split() for line in (directory / WORDS_FILE).read_text(encoding="utf-8").splitlines()
        )
        spellings = dict(zip(pairs[::2], pairs[1::2], strict=True))
        counts = BookCounts.load(directory / COUNTS_FILE, len(words))
        return cls(words, keys, spellings, counts, frozenset(frequent))

    def _stem(self, word: str) -> str:
        return self._stemmer.analyze(word)[0]

    def _place(self, key: str) -> int | None:
        """Where the key stands among the distinct keys."""
        place = bisect_left(self._keys, key)
        return place if place < len(self._keys) and self._keys[place] == key else None


class BookCounts:
    """Occurrences by word and book: for word i the entries starts[i] to starts[i + 1] of books and counts."""

    def __init__(self, starts: "array[int]", books: "array[int]", counts: "array[int]") -> None:
        self._starts, self._books, self._counts = starts, books, counts
        self.totals = array("I", (sum(counts[a:b]) for a, b in pairwise(starts)))

    @classmethod
    def of_books(cls, words: Sequence[str], books: Sequence[Mapping[str, int]]) -> Self:
        entries: dict[str, list[tuple[int, int]]] = {word: [] for word in words}
        for ordinal, counted in enumerate(books):
            for word, count in counted.items():
                entries[word].append((ordinal, count))
        starts = array("I", [0])
        flat = [entry for word in words for entry in entries[word]]
        for word in words:
            starts.append(starts[-1] + len(entries[word]))
        return cls(starts, array("H", (b for b, _ in flat)), array("I", (c for _, c in flat)))

    def of(self, word: int) -> list[tuple[int, int]]:
        a, b = self._starts[word], self._starts[word + 1]
        return list(zip(self._books[a:b], self._counts[a:b], strict=True))

    def save(self, path: Path) -> None:
        path.write_bytes(self._starts.tobytes() + self._books.tobytes() + self._counts.tobytes())

    @classmethod
    def load(cls, path: Path, words: int) -> Self:
        data = memoryview(path.read_bytes())
        starts, books, counts = array("I"), array("H"), array("I")
        end = (words + 1) * starts.itemsize
        starts.frombytes(data[:end])
        middle = end + starts[-1] * books.itemsize
        books.frombytes(data[end:middle])
        counts.frombytes(data[middle:])
        return cls(starts, books, counts)
