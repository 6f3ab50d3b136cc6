"""Modern English words and their inflections, from the en_US dictionary of the spelling checker Hunspell."""

from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Self

from app.index.inflection import Inflection, bases, regular

# The dictionary is part of the package spylls, whose code is not used.
_PACKAGE, _FILE = "spylls", "spylls/hunspell/data/en/en_US.dic"


class Dictionary:
    """Which words English has, and which inflections each allows."""

    def __init__(self, entries: Iterable[str]) -> None:
        """Takes entries of Hunspell's files: "love/DRSMZGJB" is a word with a letter for each of its affixes."""
        self._inflections: dict[str, str] = {}
        self._common: set[str] = set()
        for entry in entries:
            word, _, flags = entry.partition("/")
            lower = word.lower()
            self._inflections[lower] = self._inflections.get(lower, "") + flags
            if word == lower:
                self._common.add(word)

    @classmethod
    def english(cls) -> Self:
        path = Path(str(distribution(_PACKAGE).locate_file(_FILE)))
        return cls(path.read_text(encoding="utf-8").splitlines()[1:])

    def __contains__(self, word: object) -> bool:
        """Whether it is a word in any form, and not only a name."""
        return isinstance(word, str) and (
            word in self._common
            or any(base in self._common and self._has(word, base, how) for base, how in bases(word))
        )

    def __iter__(self) -> Iterator[str]:
        """The words and names with entries of their own, in lower case."""
        return iter(self._inflections)

    def names(self, word: str) -> bool:
        """Whether it has an entry of its own, as a word or a name."""
        return word in self._inflections

    def allows(self, word: str, base: str, how: Inflection) -> bool:
        """Whether the word may be this inflection of the base.

        If the word has an entry of its own and the base does not list the inflection, it may not (wretched is no form
        of wretch), unless the inflection is irregular (stopped). Old inflections (builded) and those of words without
        an entry (honoured) are always allowed.
        """
        return self._has(word, base, how) or word != regular(base, how) or not (self.names(base) and self.names(word))

    def _has(self, word: str, base: str, how: Inflection) -> bool:
        return how.flag in self._inflections.get(base, "") and word == regular(base, how)
