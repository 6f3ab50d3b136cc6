"""References looked up in the index: "Hamlet 3.1", "Gen 1:1"."""

from app.corpus.model import Book, Section
from app.corpus.references import Place as FoundPlace
from app.corpus.references import resolve
from app.errors import NoSuchPlace
from app.index.reader import IndexReader
from app.models import Place

# What is shown of a place; a whole chapter is for the reader.
_MAX_TEXT = 2_000


def resolve_place(index: IndexReader, reference: str) -> FoundPlace | None:
    """The place that the reference names, if it names just one."""
    books = index.books

    def section_text(book: Book, section: Section) -> str:
        ordinal = books.ordinal(book.id)
        assert ordinal is not None
        return index.texts.slice(ordinal, section.start, section.end)

    return resolve(reference, books.books, section_text)


def place(index: IndexReader, reference: str) -> Place:
    """The place with the beginning of its text; raises NoSuchPlace."""
    found = resolve_place(index, reference)
    if found is None:
        detail = f"“{reference}” names no place in these books, or more than one."
        raise NoSuchPlace(detail, parameter="ref", allowed="such as Hamlet 3.1, Gen 1:1, moby 42")
    ordinal = index.books.ordinal(found.book.id)
    assert ordinal is not None
    text = index.texts.slice(ordinal, found.start, min(found.end, found.start + _MAX_TEXT))
    return Place(
        reference=found.reference,
        book=found.book.id,
        section=found.section.id,
        start=found.start,
        end=found.end,
        text=text,
    )
