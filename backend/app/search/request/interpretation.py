"""From the parameters of a request to its query, to the books to search, and to a report of how the query was read."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.index.books import Books, Called
from app.models import query as answers
from app.search.query import Field, Notice, NoticeKind, Query, read_query
from app.search.request.book_filters import Filters, filters


class Interpretation(NamedTuple):
    """`reading` reports how the query was read; it is None if the query is plain words."""

    query: Query
    filters: Filters
    reading: answers.Reading | None


def interpret(books: Books, text: str, ids: Sequence[str] = (), authors: Sequence[str] = ()) -> Interpretation:
    """Reads the text of a query, with the ids of books and the authors that were chosen besides. Raises a
    RequestError."""
    query, is_plain, fields, said = read_query(text)
    chosen = filters(books, ids, authors)
    if is_plain:
        return Interpretation(query, chosen, None)
    named = {field: [i for i, called in enumerate(books.called) if _names(field, called)] for field in fields}
    unknown = [_unknown(text, field) for field, own in named.items() if not own]
    by_author = {i: None for field, own in named.items() if field.name == "author" for i in own}
    by_title = {i: None for field, own in named.items() if field.name != "author" for i in own}
    reading = answers.Reading(
        query=str(query),
        books=[books.books[i].id for i in by_title],
        authors=list(dict.fromkeys(author for i in by_author if (author := books.books[i].author))),
        notices=[answers.Notice(*notice) for notice in sorted([*said, *unknown], key=lambda notice: notice.start)],
    )
    return Interpretation(query, Filters(_with(chosen.books, by_title), _with(chosen.by_author, by_author)), reading)


def _names(field: Field, called: Called) -> bool:
    """Whether each word of the field begins a word of the book's author, or for other fields of its titles or id."""
    return begin_words(field.words, called.author if field.name == "author" else called.titles)


def begin_words(words: Iterable[str], known: Sequence[str]) -> bool:
    """Whether each of the words begins one of the known words."""
    return all(any(name.startswith(word) for name in known) for word in words)


def _unknown(text: str, field: Field) -> Notice:
    kind = NoticeKind.UNKNOWN_AUTHOR if field.name == "author" else NoticeKind.UNKNOWN_BOOK
    return Notice(kind, field.start, field.end, text[field.start : field.end])


def _with(chosen: frozenset[int] | None, more: Iterable[int]) -> frozenset[int] | None:
    """The union of both choices; None if nothing was chosen."""
    return (chosen or frozenset()).union(more) or chosen
