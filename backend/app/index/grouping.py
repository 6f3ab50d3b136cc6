"""Which books stand together in a segment."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from app.corpus.shelf import Shelf
from app.corpus.unread import Unread

# How many bytes of books a segment has: at least `_LEAST`, from which on one book in `_ONE_IN` ends it, and at most
# `_MOST`. More segments make queries slower; larger ones take more memory to build, and more time to add a book to.
_LEAST, _ONE_IN, _MOST = 12_000_000, 4, 24_000_000


@dataclass(frozen=True, slots=True)
class Group:
    """Books that follow each other, each with the digest of all that decides what is read of it. The name is a digest
    of theirs, and of the code that makes a segment of them."""

    name: str
    books: Sequence[tuple[Unread, bytes]]


def groups(shelf: Shelf, recipe: str) -> list[Group]:
    """The books in groups. Whether a group ends depends on its last book alone, so that a new book changes the group
    that it comes into, and hardly ever another."""
    books = [*zip(shelf.sources, shelf.digests, strict=True)]
    ends = [*_ends(shelf.sources)]
    return [
        Group(_name(recipe, books[start:end]), books[start:end])
        for start, end in zip([0, *ends], [*ends, len(books)], strict=True)
        if start < end
    ]


def _ends(books: Sequence[Unread]) -> Iterator[int]:
    size = 0
    for end, book in enumerate(books, 1):
        size += book.size
        is_last = crc32(book.id.encode("utf-8", "surrogatepass")) % _ONE_IN == 0
        if size > _MOST or (size > _LEAST and is_last):
            yield end
            size = 0


def _name(recipe: str, books: Sequence[tuple[Unread, bytes]]) -> str:
    return hashlib.sha256(recipe.encode() + b"".join(digest for _, digest in books)).hexdigest()[:32]
