"""Which books a search looks at."""

from collections.abc import Sequence
from typing import NamedTuple

from app.errors import UnknownAuthor, UnknownBook
from app.index.books import Books


class Filters(NamedTuple):
    """The ordinals of the books that are chosen by id, and by author; None if none was chosen."""

    books: frozenset[int] | None = None
    by_author: frozenset[int] | None = None

    def both(self) -> list[int] | None:
        """The books that pass both filters, in order; None if there is no filter."""
        if self.books is None or self.by_author is None:
            chosen = self.books if self.by_author is None else self.by_author
            return None if chosen is None else sorted(chosen)
        return sorted(self.books & self.by_author)


def filters(books: Books, ids: Sequence[str], authors: Sequence[str]) -> Filters:
    """Filters for ids of books and names of authors. Raises UnknownBook or UnknownAuthor."""
    return Filters(
        frozenset(book_ordinal(books, book, "book") for book in ids) if ids else None,
        frozenset(i for author in authors for i in _by(books, author)) if authors else None,
    )


def book_ordinal(books: Books, book_id: str, parameter: str) -> int:
    """The ordinal of the book with this id, with or without .txt. Raises UnknownBook, which blames `parameter`."""
    ordinal = books.ordinal(book_id.removesuffix(".txt"))
    if ordinal is None:
        allowed = ", ".join(book.id for book in books.books[:20])
        detail = f"No book has the id “{_shown(book_id)}”."
        raise UnknownBook(detail, parameter=parameter, value=book_id, allowed=allowed)
    return ordinal


def _by(books: Books, author: str) -> list[int]:
    numbers = [i for i, book in enumerate(books.books) if book.author == author]
    if not numbers:
        known = sorted({book.author for book in books.books if book.author})
        detail = f"No book is by “{_shown(author)}”."
        raise UnknownAuthor(detail, parameter="author", value=author, allowed=", ".join(known[:20]))
    return numbers


def _shown(value: str) -> str:
    return value if len(value) <= 60 else value[:60] + "…"
