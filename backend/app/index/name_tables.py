"""The names of books and of their parts, in a file, as references look them up."""

from array import array
from collections.abc import Iterator, KeysView, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from app.corpus.model import Book
from app.corpus.reference_names import Table, Tables
from app.corpus.scopes import Scope
from app.index import archive
from app.index.archive import Archive

NAMES_FILE = "names.zip"

# The ordinal of the book, its first section and one past its last, and the depth, which begins at -1.
_COLUMNS = 4


def save(directory: Path, books: Sequence[Book]) -> None:
    """Writes the tables of these books."""
    ordinals = {book.id: i for i, book in enumerate(books)}
    members = dict[str, bytes]()
    for name, table in Tables.of(books)._asdict().items():
        members |= _members(name, table, ordinals)
    archive.add(directory / NAMES_FILE, members)


def load(directory: Path, books: Sequence[Book]) -> Tables:
    """Reads the tables of these books. Raises ValueError and OSError."""
    opened = Archive(directory / NAMES_FILE)
    return Tables(*(_Table(opened, name, books) for name in Tables._fields))


def _members(name: str, table: Table, ordinals: Mapping[str, int]) -> dict[str, bytes]:
    scopes = [
        (ordinals[scope.book.id], scope.first, scope.last, scope.depth + 1) for own in table.values() for scope in own
    ]
    columns = [array("I", column) for column in zip(*scopes, strict=True)]
    return {
        f"{name}.txt": "".join(f"{entry}\n" for entry in table).encode(),
        f"{name}-starts.bin": array("I", accumulate(map(len, table.values()), initial=0)).tobytes(),
        f"{name}-scopes.bin": b"".join(column.tobytes() for column in columns),
    }


class _Table(Mapping[str, Sequence[Scope]]):
    """The names are in memory, since every query asks for them; what they stand for is read when it is asked for."""

    def __init__(self, opened: Archive, name: str, books: Sequence[Book]) -> None:
        names = str(opened.content(f"{name}.txt"), "utf-8").split("\n")[:-1]
        self._positions = dict(zip(names, range(len(names)), strict=True))
        self._starts = opened.numbers(f"{name}-starts.bin")
        self._columns = opened.columns(f"{name}-scopes.bin", _COLUMNS)
        self._of_books = books

    def __getitem__(self, name: str) -> Sequence[Scope]:
        position = self._positions[name]
        own = slice(self._starts[position], self._starts[position + 1])
        rows = zip(*(column[own] for column in self._columns), strict=True)
        return tuple(Scope(self._of_books[book], first, last, depth - 1) for book, first, last, depth in rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._positions)

    def __len__(self) -> int:
        return len(self._positions)

    def keys(self) -> KeysView[str]:
        return self._positions.keys()  # those of a dictionary are compared much faster
