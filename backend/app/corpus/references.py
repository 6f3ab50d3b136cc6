"""Places in books as people cite them: "Emma, Volume II, Chapter 3", "Hamlet III.i", "Gen 1:1-5"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.corpus.model import Book, Section, Unit
from app.corpus.names import find_name, split_reference
from app.corpus.numbering import numbering

MOST_CHARACTERS = 200

SectionText = Callable[[Book, Section], str]


@dataclass(frozen=True, slots=True)
class Place:
    """What a reference names: [start, end) in the text of `book`, inside `section`. `reference` is its usual form."""

    book: Book
    section: Section
    start: int
    end: int
    reference: str


def cite(section: Section, first: int, last: int) -> str:
    """The reference of lines or verses of a section: "Genesis 1:1–5", "Paradise Lost, Book 1, lines 1–26".

    Without numbers (0), or in a section that has none, it is the section's.
    """
    if not first or not section.unit:
        return section.reference
    numbers = str(first) if first == last else f"{first}–{last}"
    if section.unit is Unit.VERSE:
        return f"{section.reference}:{numbers}"
    return f"{section.reference}, line{'' if first == last else 's'} {numbers}"


def cite_short(section: Section, first: int, last: int) -> str:
    """The same as briefly as it can still be looked up: "Emma 2.10", "Genesis 1:1–5", "Paradise Lost 1.1–26"."""
    name, comma, _ = section.reference.partition(",")
    if not comma:
        return cite(section, first, last)
    numbers = f".{first}" + (f"–{last}" if last != first else "") if first and section.unit else ""
    return f"{name} {section.id}{numbers}"


def resolve(text: str, books: Sequence[Book], section_text: SectionText) -> Place | None:
    """The place that a reference names; None when it names none of these books' places, or more than one.

    Takes every reference that `cite` gives, and the usual short forms. `section_text` returns the text of a section.
    """
    if len(text) > MOST_CHARACTERS:
        return None
    found = _by_reference(text, books) or _by_number(text, books)
    return _place(*found, section_text) if found else None


Found = tuple[Book, Section, tuple[int, ...]]

_UNITS_AT_END = re.compile(r"(?::\s*|,?\s+lines?\s+)(\d{1,5})(?:\s*[-–—]\s*(\d{1,5}))?$", re.IGNORECASE)


def _by_reference(text: str, books: Sequence[Book]) -> Found | None:
    """The section whose whole reference the text is, with the numbers of lines or verses that follow it."""
    text = " ".join(text.split())
    numbered = _UNITS_AT_END.search(text)
    sections = [(book, section) for book in books for section in book.sections]
    if found := _same_reference(text, sections):
        return *found, ()
    if numbered and (found := _same_reference(text[: numbered.start()], sections)):
        return *found, tuple(int(n) for n in numbered.groups() if n)
    return None


def _same_reference(text: str, sections: list[tuple[Book, Section]]) -> tuple[Book, Section] | None:
    key = _plain(text)
    # The first letter decides most of them at a fraction of the cost.
    likely = [found for found in sections if key[:1] in found[1].reference[:3].casefold()]
    found = [(book, section) for book, section in likely if _plain(section.reference) == key]
    return found[0] if len(found) == 1 else None


_PUNCTUATION = str.maketrans({",": None, ".": None, "’": "'"})


def _plain(reference: str) -> str:
    return reference.casefold().translate(_PUNCTUATION)


def _by_number(text: str, books: Sequence[Book]) -> Found | None:
    """The section whose name and numbers the text gives: the numbers are the section's id, then lines or verses."""
    split = split_reference(text)
    name = split and find_name(split[0], books)
    if not split or not name:
        return None
    numbers = split[1]
    sections = {s.id.removeprefix(name.prefix): s for s in name.book.sections if s.id.startswith(name.prefix)}
    for count in range(len(numbers), 0, -1):
        section = sections.get(".".join(map(str, numbers[:count])))
        if section:
            return name.book, section, numbers[count:]
    only = next(iter(sections.values())) if len(sections) == 1 else None
    return (name.book, only, numbers) if only and numbers else None


def _place(book: Book, section: Section, numbers: tuple[int, ...], section_text: SectionText) -> Place | None:
    if not numbers:
        return Place(book, section, section.start, section.end, section.reference)
    if len(numbers) > 2 or not section.unit:
        return None
    text = section_text(book, section)
    first, last = numbers[0], numbers[-1]
    found = numbering(section, text).find(first, last, section.end)
    if not found:
        return None
    start, end = found
    end = start + len(text[start - section.start : end - section.start].rstrip())
    return Place(book, section, start, end, cite(section, first, last))
