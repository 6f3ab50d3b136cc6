"""What the vocabulary needs of the books of a segment, kept so that the next build need not read them again."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import orjson

from app.index.archive import Archive
from app.index.compounds import Pair
from app.index.counts_by_book import WORDS
from app.index.prepared_file import PreparedFile
from app.index.strings import Strings

_COUNTS, _HYPHENATED, _KEYS = "tallies.bin", "hyphenated.json", "other-keys.json"


@dataclass(frozen=True, slots=True)
class Tallies:
    """How often each word occurs in books of early-modern English, of other English, and in other languages; words with
    a hyphen between; and the keys that words have in other languages."""

    early: Mapping[str, int]
    modern: Mapping[str, int]
    foreign: Mapping[str, int]
    hyphenated: frozenset[Pair]
    keys: Mapping[str, list[str]]

    @classmethod
    def of_book(cls, file: PreparedFile) -> Self:
        book, words, none = file.book, file.words, dict[str, int]()
        counts = dict(zip(words, file.counts, strict=True))
        keys = {word: [key] for word, key in zip(words, own, strict=True)} if (own := file.keys) else {}
        if not book.is_english:
            return cls(none, none, counts, file.hyphenated, keys)
        return cls(*((counts, none) if book.early_modern else (none, counts)), none, file.hyphenated, keys)

    @classmethod
    def of_books(cls, files: Iterable[PreparedFile]) -> "Tallies":
        return together(map(cls.of_book, files))

    @property
    def words(self) -> list[str]:
        """All words, in alphabetical order."""
        return sorted({*self.early, *self.modern, *self.foreign})

    def members(self) -> dict[str, bytes]:
        """The members of the segment's archive, to be compressed."""
        ordered = self.words
        every = (self.early, self.modern, self.foreign)
        columns = (array("I", (counts.get(word, 0) for word in ordered)) for counts in every)
        return {
            _COUNTS: b"".join(column.tobytes() for column in columns),
            _HYPHENATED: orjson.dumps(sorted(self.hyphenated)),
            _KEYS: orjson.dumps(self.keys),
        }

    @classmethod
    def read(cls, archive: Archive) -> Self:
        words = list(Strings(archive, WORDS))
        numbers = memoryview(archive.compressed(_COUNTS)).cast("I")
        early, modern, foreign = (
            {word: count for word, count in zip(words, numbers[start : start + len(words)], strict=True) if count}
            for start in range(0, len(numbers), len(words))
        )
        pairs = frozenset((first, second) for first, second in orjson.loads(archive.compressed(_HYPHENATED)))
        return cls(early, modern, foreign, pairs, orjson.loads(archive.compressed(_KEYS)))


def together(every: Iterable[Tallies]) -> Tallies:
    """The sum of the tallies of several books or segments, in whatever order."""
    early, modern, foreign = Counter[str](), Counter[str](), Counter[str]()
    pairs, keys = set[Pair](), defaultdict[str, set[str]](set)
    for tally in every:
        early.update(tally.early)
        modern.update(tally.modern)
        foreign.update(tally.foreign)
        pairs |= tally.hyphenated
        for word, own in tally.keys.items():
            keys[word].update(own)
    return Tallies(early, modern, foreign, frozenset(pairs), {word: sorted(own) for word, own in sorted(keys.items())})
