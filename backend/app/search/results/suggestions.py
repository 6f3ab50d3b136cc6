"""Suggestions while typing: places, books, and words with their frequency."""

from collections import Counter
from itertools import islice

from app.corpus.model import Book, Section
from app.index.reader import IndexReader
from app.models.results import Suggestion
from app.search import passages
from app.search.matching import Composer, Marker, expand
from app.search.places import resolve_place
from app.search.query import Term, TermKind
from app.search.request import UNLIMITED, Deadline
from app.words import WORD, normal, spans, words

_MAX_BOOKS = 3
_MAX_HEADINGS = 3
_MIN_TITLE = 2
_MIN_HEADING = 3
# How many passages with the preceding words are searched for the words that follow.
_CONSIDERED = 150


def suggest(index: IndexReader, text: str, limit: int, deadline: Deadline = UNLIMITED) -> list[Suggestion]:
    """At most `limit` suggestions: the place that the text names, books and chapters whose titles match, and words that
    begin with the text."""
    titles = [*_places(index, text), *_books(index, text), *_headings(index, text)]
    return [*titles, *_words(index, text, limit, deadline)][:limit]


def _places(index: IndexReader, text: str) -> list[Suggestion]:
    place = resolve_place(index, text)
    if place is None:
        return []
    return [
        Suggestion(
            kind="reference",
            text=place.reference,
            count=None,
            book=place.book.id,
            section=place.section.id,
            units=place.units or None,
        )
    ]


def _books(index: IndexReader, text: str) -> list[Suggestion]:
    """Books whose title or author has a word that begins with the text."""
    typed = " ".join(words(text))
    if len(typed) < _MIN_TITLE:
        return []
    numbers = (i for i, called in enumerate(index.books.called) if f" {typed}" in f" {called.text}")
    books = map(index.books.books.__getitem__, islice(numbers, _MAX_BOOKS))
    return [
        Suggestion(kind="book", text=book.title, count=None, book=book.id, section=book.sections[0].id)
        for book in books
    ]


def _headings(index: IndexReader, text: str) -> list[Suggestion]:
    """Chapters, scenes, poems and books of the Bible whose heading has a word that begins with the text."""
    typed = text.strip().casefold()
    if len(typed) < _MIN_HEADING or not typed[0].isalpha():
        return []
    places = islice(index.books.headed(typed), _MAX_HEADINGS)
    headed = ((index.books.books[book], section, heading) for book, section, heading in places)
    return [
        Suggestion(kind="heading", text=_unique(heading, section, book), count=None, book=book.id, section=section.id)
        for book, section, heading in headed
    ]


def _unique(heading: str, section: Section, book: Book) -> str:
    """The heading with its book, and with its part where several have the same: both of Blake's "Holy Thursday"."""
    has_others = sum(other.heading == heading for other in book.sections) > 1
    return f"{heading} ({book.title}, {section.part})" if has_others and section.part else f"{heading} ({book.title})"


def _words(index: IndexReader, text: str, limit: int, deadline: Deadline) -> list[Suggestion]:
    """Completions of the last word, if the text ends in one. After other words, only words that follow those in the
    books."""
    *before, (start, end, prefix) = [*spans(text)][-3:] or [(0, -1, "")]
    if end != len(text) or prefix.isdigit():
        return []
    context = [word for _, _, word in before]
    following = _following(index, context, prefix, deadline) or _following(index, context[-1:], prefix, deadline)
    completions = following or _together(index, context[-1:], prefix, limit)
    return [_word(index, text[:start], word, alone=not before) for word in completions[:limit]]


def _word(index: IndexReader, typed: str, word: str, *, alone: bool) -> Suggestion:
    # The frequency of one word says nothing about several words.
    count = index.vocabulary.count(word) if alone else None
    return Suggestion(kind="word", text=typed + word, count=count, book=None, section=None)


def _together(index: IndexReader, context: list[str], prefix: str, limit: int) -> list[str]:
    """The most frequent words with this prefix that follow the context in some passage."""
    completions = index.vocabulary.starting_with(prefix, limit)
    phrases = (expand(Term(TermKind.PHRASE, (*context, word)), index.vocabulary) for word in completions)
    return [
        word
        for word, phrase in zip(completions, phrases, strict=True)
        if not context or passages.count(index, Composer(index).term(phrase))
    ]


def _following(index: IndexReader, context: list[str], prefix: str, deadline: Deadline) -> list[str]:
    """The words with this prefix that follow the context, by how often they do so in the best passages."""
    if not context:
        return []
    phrase = expand(Term(TermKind.PHRASE, tuple(context)), index.vocabulary)
    marker = Marker([phrase])
    counts: Counter[str] = Counter()
    for _, ordinal in deadline.each(passages.best(index, Composer(index).term(phrase), _CONSIDERED)):
        located = index.books.passage(ordinal)
        text = passages.spoken(index, located)
        after = (WORD.search(text, end) for _, end in marker.occurrences(text))
        counts.update(word for match in after if match and (word := normal(match.group())).startswith(prefix))
    return [word for word, _ in counts.most_common()]
