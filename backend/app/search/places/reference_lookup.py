"""References looked up in the index: "Hamlet 3.1", "Gen 1:1"."""

import re

from app.corpus.citations import cite_units
from app.corpus.model import Book, Section
from app.corpus.references import Place as FoundPlace
from app.corpus.references import resolve
from app.errors import NoSuchPlace
from app.index.reader import IndexReader
from app.models.places import Place, PlaceLink
from app.search.places.named_works import absent_work

# The most characters that are shown of a place; for a whole chapter there is the reader.
_MAX_TEXT = 2_000
_MAX_FURTHER = 12
_FEWEST_LETTERS = 5
# Characters that occur in queries, but not in references.
_OPERATORS = frozenset('"*?~|()/^+“”„«»「」')


def resolve_place(index: IndexReader, reference: str) -> FoundPlace | None:
    """The place that a reference names; None if it names none, or several."""

    def section_text(book: Book, section: Section) -> str:
        return index.texts.slice(_ordinal(index, book), section.start, section.end)

    return resolve(reference, index.names, section_text)


def place(index: IndexReader, reference: str) -> Place:
    """The place that a reference names, with the beginning of its text; raises NoSuchPlace."""
    resolved = resolve_place(index, reference)
    if resolved is None:
        absent = absent_work(reference)
        detail = (
            f"{absent.title} by {absent.author} is not one of these books."
            if absent
            else f"“{reference}” names no place in these books, or more than one."
        )
        raise NoSuchPlace(detail, parameter="ref", value=reference, allowed="such as Hamlet 3.1, Gen 1:1, moby 42")
    return _answer(index, resolved)


def place_in_query(index: IndexReader, query: str) -> Place | None:
    """The place that a query names; None if it is no reference. A single word that is short or in lower case ("night",
    "can't", "Is") is a word, but "Night" is a poem."""
    query = query.strip().rstrip("?!")  # punctuation at the end belongs to the sentence
    is_word = not re.search(r"[\s\d]", query) and (query.islower() or len(query) < _FEWEST_LETTERS)
    if is_word or not _OPERATORS.isdisjoint(query):
        return None
    resolved = resolve_place(index, query)
    return _answer(index, resolved) if resolved else None


def _answer(index: IndexReader, resolved: FoundPlace) -> Place:
    book, section = resolved.book, resolved.section
    text = _text(index, resolved)
    return Place(
        reference=resolved.reference,
        exact=resolved.exact,
        title=book.title,
        author=book.author,
        published=book.published,
        gutenberg=book.gutenberg,
        form=book.form.value,
        book=book.id,
        section=section.id,
        unit=section.unit.value if section.unit else None,
        units=resolved.units,
        start=resolved.start,
        end=resolved.end,
        text=text[:_MAX_TEXT],
        whole=len(text) <= _MAX_TEXT,
        further=[_further(resolved, section) for section in resolved.further[:_MAX_FURTHER]],
        others=[PlaceLink(other.reference, other.book.id, other.section.id) for other in resolved.others],
    )


def _further(resolved: FoundPlace, section: Section) -> PlaceLink:
    units = resolved.units_in(section)
    return PlaceLink(cite_units(section, units), resolved.book.id, section.id, units)


def _text(index: IndexReader, resolved: FoundPlace) -> str:
    """The text of the place, at least as much as is shown; pieces that do not follow each other are separated by a line
    with …."""
    ordinal, text, end = _ordinal(index, resolved.book), "", resolved.start
    for piece in resolved.pieces:
        between = index.texts.slice(ordinal, end, piece.start)
        text += between if between.isspace() or not between else "\n\n…\n\n"
        text += index.texts.slice(ordinal, piece.start, min(piece.end, piece.start + _MAX_TEXT + 1))
        end = piece.end
        if len(text) > _MAX_TEXT:
            break
    return text


def _ordinal(index: IndexReader, book: Book) -> int:
    ordinal = index.books.ordinal(book.id)
    assert ordinal is not None
    return ordinal
