"""Suggestions while typing: places, books, and words with their frequency."""

from app.api.models import Suggestion
from app.corpus.model import Book
from app.index.reader import IndexReader
from app.search import passages
from app.search.compose import Composer
from app.search.expand import expand
from app.search.places import resolve_place
from app.search.query import Kind, Term
from app.words import spans, words

_MAX_BOOKS = 3
_MIN_TITLE = 2
# The most frequent completions, among which those are looked for that follow the word before.
_CONSIDERED = 32


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
    typed = " ".join(words(text))
    if len(typed) < _MIN_TITLE:
        return []
    found = [book for book in index.books.books if f" {typed}" in f" {' '.join(words(_named(book)))}"]
    return [
        Suggestion(kind="book", text=book.title, count=None, book=book.id, section=book.sections[0].id)
        for book in found[:_MAX_BOOKS]
    ]


def _named(book: Book) -> str:
    return f"{book.title} {book.author or ''}"


def _words(index: IndexReader, text: str, limit: int) -> list[Suggestion]:
    """Completions of the last word, if the text ends in one: those that follow the word before it come first."""
    *before, (start, end, prefix) = [*spans(text)][-2:] or [(0, -1, "")]
    if end != len(text) or not prefix.isalpha():
        return []
    found = index.vocabulary.starting_with(prefix, _CONSIDERED)
    counts = {word: _together(index, before[0][2], word) if before else index.vocabulary.count(word) for word in found}
    best = sorted(found, key=counts.__getitem__, reverse=True)[:limit]
    return [
        Suggestion(kind="word", text=text[:start] + word, count=counts[word] or None, book=None, section=None)
        for word in best
    ]


def _together(index: IndexReader, first: str, second: str) -> int:
    """In how many passages the second word follows the first."""
    pair = expand(Term(Kind.PHRASE, (first, second)), index.vocabulary)
    return passages.count(index, Composer(index.schema).term(pair))
