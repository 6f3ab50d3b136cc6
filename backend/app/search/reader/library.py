"""The books of the shelf, by year, page by page."""

from typing import NamedTuple

from app.index.reader import IndexReader
from app.models.shelf import BookList, ShelfInfo
from app.search.reader.sections import book_info
from app.search.request import begin_words, book_ordinal, decode_cursor, encode_cursor
from app.words import words


class BookListRequest(NamedTuple):
    """`text` matches the beginnings of words of the title and of the author; `ids`, if there are any, are the only
    books to list."""

    text: str = ""
    ids: tuple[str, ...] = ()
    limit: int = 100
    cursor: str | None = None


def book_list(index: IndexReader, shelf: ShelfInfo, request: BookListRequest) -> BookList:
    """One page of the list. Raises BadCursor or UnknownBook."""
    scope = f"{index.manifest.corpus} books {request.text} {request.ids}"
    offset = decode_cursor(request.cursor, scope)
    books = _found(index, request)
    end = offset + request.limit
    return BookList(
        shelf=shelf,
        longest=index.books.longest,
        total=len(books),
        books=[book_info(index, book) for book in books[offset:end]],
        next=encode_cursor(end, scope) if end < len(books) else None,
    )


def _found(index: IndexReader, request: BookListRequest) -> list[int]:
    wanted, called = words(request.text), index.books.called
    ids = {book_ordinal(index.books, book, "book") for book in request.ids}
    return [
        book
        for book in index.books.by_year
        if (not ids or book in ids) and begin_words(wanted, (*called[book].titles, *called[book].author))
    ]
