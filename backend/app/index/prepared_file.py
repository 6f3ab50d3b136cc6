"""A prepared book in a file of its own. Thus the words of all books are never in memory at once, and a book that has
not changed is prepared only once.

The file is a zip archive of the parts of the book, which are read one by one; the archive has a checksum for each.
"""

import hashlib
import zipfile
import zlib
from array import array
from collections.abc import Generator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from app.corpus.errors import Rejected, Rejection
from app.corpus.model import Book, Origin, Passage
from app.corpus.speeches import Range
from app.corpus.time_limit import limited
from app.corpus.unread import Unread
from app.index.compounds import Pair
from app.index.cores import Cores
from app.index.prepared import Prepared, prepare
from app.index.segment import book_of

_BOOK, _ORIGIN, _TEXT = "book.json", "origin.json", "text.txt"
_WORDS, _KEYS, _HYPHENATED = "words.json", "keys.json", "hyphenated.json"
_COUNTS, _TOKENS, _BREAKS, _PASSAGES, _SPEAKERS = (
    "counts.bin",
    "tokens.bin",
    "breaks.bin",
    "passages.bin",
    "speakers.bin",
)
# A text may contain a lone surrogate, which is no character but must not be lost.
_ENCODING = ("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """What was prepared of a book, as in `Prepared`; each part is read when it is needed."""

    path: Path

    def load(self) -> Prepared:
        return Prepared(**{field.name: getattr(self, field.name) for field in fields(Prepared)})

    def is_whole(self) -> bool:
        """Whether the file exists and none of it is damaged."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                return archive.testzip() is None
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error):
            return False

    def save(self, prepared: Prepared) -> None:
        parts = {
            _BOOK: orjson.dumps(prepared.book),
            _ORIGIN: orjson.dumps(prepared.origin),
            _WORDS: orjson.dumps(prepared.words),
            _KEYS: orjson.dumps(prepared.keys),
            _HYPHENATED: orjson.dumps(sorted(prepared.hyphenated)),
            _COUNTS: prepared.counts.tobytes(),
            _TOKENS: prepared.tokens.tobytes(),
            _PASSAGES: array("I", chain.from_iterable(prepared.passages)).tobytes(),
            _BREAKS: prepared.breaks.tobytes(),
            _SPEAKERS: array("I", chain.from_iterable(prepared.speakers)).tobytes(),
            _TEXT: prepared.text.encode(*_ENCODING),
        }
        unfinished = self.path.with_suffix(".unfinished")
        with zipfile.ZipFile(unfinished, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        unfinished.replace(self.path)

    @property
    def book(self) -> Book:
        return book_of(self._json(_BOOK))

    @property
    def origin(self) -> Origin | None:
        fields = self._json(_ORIGIN)
        return Origin(**fields) if fields else None

    @property
    def words(self) -> list[str]:
        words: list[str] = self._json(_WORDS)
        return words

    @property
    def keys(self) -> list[str]:
        keys: list[str] = self._json(_KEYS)
        return keys

    @property
    def counts(self) -> "array[int]":
        return self._column(_COUNTS)

    @property
    def tokens(self) -> "array[int]":
        return self._column(_TOKENS)

    @property
    def breaks(self) -> "array[int]":
        return self._column(_BREAKS)

    @property
    def hyphenated(self) -> frozenset[Pair]:
        return frozenset((first, second) for first, second in self._json(_HYPHENATED))

    @property
    def passages(self) -> list[Passage]:
        numbers = iter(self._column(_PASSAGES))
        return list(map(Passage._make, zip(*[numbers] * len(Passage._fields), strict=True)))

    @property
    def speakers(self) -> list[Range]:
        numbers = iter(self._column(_SPEAKERS))
        return list(zip(numbers, numbers, strict=True))

    @property
    def text(self) -> str:
        return self._part(_TEXT).decode(*_ENCODING)

    def _part(self, name: str) -> bytes:
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(name)

    def _json(self, name: str) -> Any:
        return orjson.loads(self._part(name))

    def _column(self, name: str) -> "array[int]":
        column = array("I")
        column.frombytes(self._part(name))
        return column


def prepare_all(
    books: Sequence[tuple[Unread, bytes]], folder: Path, recipe: str, cores: Cores
) -> Generator[tuple[int, PreparedFile | Rejection]]:
    """The file of each book in this folder, with its position, as it gets ready; the largest are begun first.
    Those that are there already are taken as they are. Each book comes with the digest of all that decides what is
    read; `recipe` is that of the code that prepares.

    Raises ProcessLost.
    """
    largest_first = sorted(range(len(books)), key=lambda position: books[position][0].size, reverse=True)
    calls = [partial(_prepared, folder, recipe, *books[position]) for position in largest_first]
    for position, file in cores.each(calls):
        yield largest_first[position], file


def prepared_name(recipe: str, content: bytes) -> str:
    """The name of the file of a book, by the digest of the code that prepares it and that of all that is read of it."""
    return hashlib.sha256(recipe.encode() + content).hexdigest() + ".book"


def _prepared(folder: Path, recipe: str, unread: Unread, content: bytes) -> PreparedFile | Rejection:
    file = PreparedFile(folder / prepared_name(recipe, content))
    try:
        if not file.is_whole():
            with limited(unread):
                prepared = prepare(*unread.read())
            file.save(prepared)
    except Rejected as error:
        return error.rejection
    return file
