"""How often frequent words follow each other in each book. Without these counts, "of the" would mean reading every
passage that has it."""

import re
from collections.abc import Mapping, Sequence

from app.index.counts_by_book import CountsByBook
from app.index.pairs import pair
from app.index.vocabulary import Vocabulary

_RARE = " "


class FrequentWords:
    """The words with a frequent key, and a character for each of their modern spellings. In a text of such characters,
    a regular expression finds those that stand side by side."""

    RARE = _RARE
    """The character of all other words."""

    beside = staticmethod(re.compile(f"(?=([^{_RARE}]{{2}}))").findall)
    """Matches every two that follow each other."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = sorted({form for key in vocabulary.frequent for form in vocabulary.forms(key)})
        keys = {vocabulary.canonical(word): vocabulary.key(word) for word in words}
        spellings = sorted(spelling for spelling, key in keys.items() if key in vocabulary.frequent)
        self._characters = {spelling: chr(code) for code, spelling in enumerate(spellings, start=ord(_RARE) + 1)}
        self._spellings = {character: spelling for spelling, character in self._characters.items()}
        self._keys = {character: keys[spelling] for spelling, character in self._characters.items()}

    def character(self, spelling: str) -> str:
        """The character of a modern spelling."""
        return self._characters.get(spelling, _RARE)

    def term(self, two: str) -> str:
        """The term in the index for two characters side by side."""
        return pair(self._keys[two[0]], self._keys[two[1]])

    def spelt(self, counted: Mapping[str, int]) -> dict[str, int]:
        """What is counted of each two, by the two words with a space between. Those of one word are left out: they may
        overlap, so that only the text can tell how many there are."""
        return {" ".join(map(self._spellings.__getitem__, two)): n for two, n in counted.items() if two[0] != two[1]}


class PairCounts:
    """The occurrences of two frequent words side by side."""

    def __init__(self, counts: CountsByBook, vocabulary: Vocabulary) -> None:
        self._counts, self._vocabulary = counts, vocabulary

    def of(self, words: Sequence[str]) -> list[tuple[int, int]] | None:
        """(ordinal of the book, occurrences) for each book that has them; None for words that are not counted here."""
        vocabulary = self._vocabulary
        spelt = [*map(vocabulary.canonical, words)]
        if len(set(spelt)) != 2 or len(spelt) != 2 or not vocabulary.frequent.issuperset(map(vocabulary.key, words)):
            return None
        return self._counts.of(" ".join(spelt))
