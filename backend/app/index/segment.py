"""A segment of the index: some of the books, which follow each other, with all that is known of them alone.

It is named by a digest of what it is made from, and never changes: the next index takes it as it is.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from app.corpus.model import Book, Form, Section, Unit
from app.index.archive import Archive
from app.index.errors import IndexRefused

SEGMENTS_DIR = "segments"
ARCHIVE_FILE = "books.zip"

_OUTLINES = "outlines.json"
SECTIONS = "sections.json"
_SECTION_STARTS = "section-starts.bin"


class Outline(NamedTuple):
    """A book without its sections, and how much it has of each thing. `width` is the bytes per character of its text;
    `divisions` are where its largest parts start, as fractions of its length."""

    book: Book
    sections: int
    passages: int
    words: int
    width: int
    divisions: list[float]


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """An open segment; `first_book` is the ordinal of its first book in the index."""

    directory: Path
    archive: Archive
    outlines: Sequence[Outline]
    first_book: int = 0

    @property
    def name(self) -> str:
        return self.directory.name

    @property
    def passages(self) -> int:
        return sum(outline.passages for outline in self.outlines)

    def books(self) -> Iterator[Book]:
        """The books with their sections, all of which are read."""
        positions = iter(range(sum(outline.sections for outline in self.outlines)))
        sections = SectionFile(self.archive)
        for outline in self.outlines:
            own = tuple(sections.read(next(positions)) for _ in range(outline.sections))
            yield replace(outline.book, sections=own)


class SectionFile:
    """The sections of a segment; each is read when it is asked for."""

    def __init__(self, archive: Archive) -> None:
        self._content = archive.content(SECTIONS)
        self._starts = archive.numbers(_SECTION_STARTS)

    def read(self, position: int) -> Section:
        return section_of(orjson.loads(self._content[self._starts[position] : self._starts[position + 1]]))


def members(outlines: Sequence[Outline], sections: Iterable[Section]) -> dict[str, bytes]:
    """The members of a segment's archive that hold the outlines and the sections."""
    rows = [orjson.dumps(section) for section in sections]
    return {
        _OUTLINES: orjson.dumps([outline._asdict() for outline in outlines]),
        SECTIONS: b"".join(rows),
        _SECTION_STARTS: array("I", accumulate(map(len, rows), initial=0)).tobytes(),
    }


def open_all(directory: Path, names: Iterable[str]) -> list[Segment]:
    """The segments of an index, in their order. Raises IndexRefused."""
    segments, first = [], 0
    for name in names:
        segments.append(open_one(directory / SEGMENTS_DIR / name, first))
        first += len(segments[-1].outlines)
    return segments


def open_one(directory: Path, first_book: int = 0) -> Segment:
    """Opens a segment. Raises IndexRefused."""
    path = directory / ARCHIVE_FILE
    try:
        archive = Archive(path)
        return Segment(directory, archive, [_outline(row) for row in archive.json(_OUTLINES)], first_book)
    except OSError as error:
        raise IndexRefused(path, f"cannot be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError) as error:
        raise IndexRefused(path, f"is damaged ({error})") from None


def _outline(row: dict[str, Any]) -> Outline:
    return Outline(**{**row, "book": book_of(row["book"])})


def book_of(row: dict[str, Any]) -> Book:
    """The book with these fields, which orjson wrote."""
    sections = tuple(section_of(section) for section in row.pop("sections"))
    return Book(**{**row, "form": Form(row["form"])}, sections=sections)


def section_of(row: dict[str, Any]) -> Section:
    return Section(**{**row, "unit": Unit(row["unit"]) if row["unit"] else None})
