"""Which books stand together in a segment."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from app.corpus.shelf import Shelf
from app.corpus.unread import Unread

# Bytes of books in a segment: the least, after which one book of so many ends it, and the most. Each segment more makes
# a query longer, and each larger one the memory that it is built in and the time until a new book is in it.
_LEAST, _ONE_IN, _MOST = 12_000_000, 4, 24_000_000


@dataclass(frozen=True, slots=True)
class Group:
    """Books that follow each other, each with the digest of all that decides what is read. The name is a digest of
    theirs, and of the code that makes a segment of them."""

    name: str
    books: Sequence[tuple[Unread, bytes]]


def groups(shelf: Shelf, recipe: str) -> list[Group]:
    """The books in groups. Where one ends is for its last book to say, so that a new book changes the group that it
    comes into, and hardly another."""
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
