"""What a request asks: its query, the books that it and the query's fields choose, and how the query was read."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.models import query as answers
from app.index.books import Books, Called
from app.search.query import Field, Notice, NoticeKind, Query, read
from app.search.request.book_filters import Filters, filters


class Asked(NamedTuple):
    """`reading` is None when the query is plain words."""

    query: Query
    filters: Filters
    reading: answers.Reading | None


def understood(books: Books, text: str, ids: Sequence[str] = (), authors: Sequence[str] = ()) -> Asked:
    """From the text of a query, and ids and authors that are chosen beside it; raises a RequestError."""
    query, is_plain, fields, said = read(text)
    chosen = filters(books, ids, authors)
    if is_plain:
        return Asked(query, chosen, None)
    named = {field: [i for i, called in enumerate(books.called) if _names(field, called)] for field in fields}
    unknown = [_unknown(text, field) for field, own in named.items() if not own]
    by_author = {i: None for field, own in named.items() if field.name == "author" for i in own}
    by_title = {i: None for field, own in named.items() if field.name != "author" for i in own}
    reading = answers.Reading(
        query=str(query),
        books=[books.books[i].id for i in by_title],
        authors=list(dict.fromkeys(author for i in by_author if (author := books.books[i].author))),
        notices=[answers.Notice(*one) for one in sorted([*said, *unknown], key=lambda one: one.start)],
    )
    return Asked(query, Filters(_with(chosen.books, by_title), _with(chosen.by_author, by_author)), reading)


def _names(field: Field, called: Called) -> bool:
    """Whether the field's words are, or else begin, words of the book's author, or of its titles or id."""
    return begin(field.words, called.author if field.name == "author" else called.titles)


def begin(words: Iterable[str], known: Sequence[str]) -> bool:
    """Whether each of the words is, or begins, one of those that are known."""
    return all(any(one.startswith(word) for one in known) for word in words)


def _unknown(text: str, field: Field) -> Notice:
    kind = NoticeKind.UNKNOWN_AUTHOR if field.name == "author" else NoticeKind.UNKNOWN_BOOK
    return Notice(kind, field.start, field.end, text[field.start : field.end])


def _with(chosen: frozenset[int] | None, more: Iterable[int]) -> frozenset[int] | None:
    """Both choices together; None is no choice."""
    return (chosen or frozenset()).union(more) or chosen
