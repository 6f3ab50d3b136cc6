"""Suggestions while typing: places, books, and words with their frequency."""

from app.api.models import Suggestion
from app.index.reader import IndexReader
from app.search.places import resolve_place
from app.words import spans

_MAX_BOOKS = 3
_MIN_TITLE = 2


def suggest(index: IndexReader, text: str, limit: int) -> list[Suggestion]:
    """At most `limit` ways to go on: the place that the text names, books of such a title, words that begin so."""
    return [*_places(index, text), *_books(index, text), *_words(index, text, limit)][:limit]


def _places(index: IndexReader, text: str) -> list[Suggestion]:
    place = resolve_place(index, text)
    if place is None:
        return []
    return [
        Suggestion(kind="reference", text=place.reference, count=None, book=place.book.id, section=place.section.id)
    ]


def _books(index: IndexReader, text: str) -> list[Suggestion]:
    """Books with a word of their title or author that begins as the text does."""
    typed = " ".join(text.split()).casefold()
    if len(typed) < _MIN_TITLE:
        return []
    found = [book for book in index.books.books if f" {typed}" in f" {book.title} {book.author or ''}".casefold()]
    return [
        Suggestion(kind="book", text=book.title, count=None, book=book.id, section=book.sections[0].id)
        for book in found[:_MAX_BOOKS]
    ]


def _words(index: IndexReader, text: str, limit: int) -> list[Suggestion]:
    """Completions of the last word, if the text ends in one."""
    for start, end, prefix in list(spans(text))[-1:]:
        if end == len(text):
            return [_word(index, text[:start], word) for word in index.vocabulary.starting_with(prefix, limit)]
    return []


def _word(index: IndexReader, head: str, word: str) -> Suggestion:
    return Suggestion(kind="word", text=head + word, count=index.vocabulary.count(word), book=None, section=None)
