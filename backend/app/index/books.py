"""Catalogue, sections and passages of the books in the index, of which little is in memory."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from itertools import accumulate, pairwise
from typing import NamedTuple, overload

from app.corpus.alternative_names import TITLES
from app.corpus.citations import cite, cite_short
from app.corpus.model import Book, Form, Passage, Section
from app.index.dispersion import bucket_of
from app.index.segment import SectionFile, Segment
from app.words import words

_PASSAGES, _FIRSTS, _HEADINGS, _HEADED = "passages.bin", "first-passages.bin", "headings.txt", "headings.bin"
_COLUMNS = ("section", "start", "end", "words", "first", "last")
_BITS_OF_NUMBER = 44
# As many as the 18 books of NLTK have, and more.
_SECTIONS_KEPT = 4096
_BOOKS_KEPT = 64


class Books:
    """The books in the order of the corpus. Passages are numbered over all books, and so are sections."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = [_Passages(segment) for segment in segments]
        outlines = [outline for segment in segments for outline in segment.outlines]
        # The first passage and the first section of each book, and one past the last of all.
        self._firsts = [*accumulate((outline.passages for outline in outlines), initial=0)]
        self._first_sections = [*accumulate((outline.sections for outline in outlines), initial=0)]
        # The first book, passage and section of each segment.
        self._first_books = [segment.first_book for segment in segments]
        self.first_passages = [self._firsts[book] for book in self._first_books]
        self._opening_sections = [self._first_sections[book] for book in self._first_books]
        self.section = lru_cache(maxsize=_SECTIONS_KEPT)(self._section)
        self._ordinals_of_sections = lru_cache(maxsize=_BOOKS_KEPT)(self._sections_by_id)
        self.books = [
            replace(outline.book, sections=Sections(self.section, first, outline.sections))
            for outline, first in zip(outlines, self._first_sections, strict=False)
        ]
        self.extents = [
            Extent(*passages, outline.words, outline.divisions)
            for outline, passages in zip(outlines, pairwise(self._firsts), strict=True)
        ]
        self.by_id = {book.id: book for book in self.books}
        self._ordinals = {book.id: i for i, book in enumerate(self.books)}
        self.numbers = [number_of(book.id) for book in self.books]
        """The numbers by which tantivy knows the books."""
        self.by_number = {number: i for i, number in enumerate(self.numbers)}
        self.longest = max(outline.words for outline in outlines)
        """The words of the longest book."""

    @property
    def passage_count(self) -> int:
        return self.extents[-1].last

    @cached_property
    def called(self) -> "list[Called]":
        """The words of each book's titles and author."""
        return [_called(book) for book in self.books]

    @cached_property
    def by_year(self) -> list[int]:
        """The ordinals of the books by year; books without a year come last."""
        return sorted(range(len(self.books)), key=lambda i: (self.books[i].year is None, self.books[i].year))

    def ordinal(self, book_id: str) -> int | None:
        return self._ordinals.get(book_id)

    def section_ordinal(self, book: int, section_id: str) -> int | None:
        return self._ordinals_of_sections(book).get(section_id)

    def _sections_by_id(self, book: int) -> dict[str, int]:
        return {section.id: ordinal for ordinal, section in self.sections_of(book)}

    def passages_of(self, section: int) -> range:
        """The ordinals of a section's passages."""
        i = bisect_right(self._opening_sections, section) - 1
        own, first = section - self._opening_sections[i], self.first_passages[i]
        firsts = self._segments[i].firsts
        return range(first + firsts[own], first + firsts[own + 1])

    def words_of(self, section: int) -> int:
        passages = self.passages_of(section)
        if not passages:
            return 0
        segment, first = self._at(passages.start)
        return sum(segment.words[first : first + len(passages)])

    def sections_of(self, book: int) -> Iterator[tuple[int, Section]]:
        """The sections of a book, each with its ordinal."""
        return enumerate(self.books[book].sections, self._first_sections[book])

    def passage(self, ordinal: int) -> "Located":
        i = bisect_right(self.first_passages, ordinal) - 1
        segment, own = self._segments[i], ordinal - self.first_passages[i]
        section = self._opening_sections[i] + segment.section[own]
        return Located(
            bisect_right(self._firsts, ordinal) - 1,
            self.section(section),
            segment.start[own],
            segment.end[own],
            segment.first[own],
            segment.last[own],
        )

    def book_of(self, passage: int) -> int:
        return bisect_right(self._firsts, passage) - 1

    def section_of(self, passage: int) -> int:
        i = bisect_right(self.first_passages, passage) - 1
        return self._opening_sections[i] + self._segments[i].section[passage - self.first_passages[i]]

    def bucket(self, passage: int) -> tuple[int, int]:
        """The ordinal of the book, and the number of the equal part of it that the passage is in."""
        book = self.book_of(passage)
        segment, own = self._at(passage)
        return book, bucket_of(segment.start[own], segment.end[own], self.books[book].length)

    def _section(self, ordinal: int) -> Section:
        i = bisect_right(self._opening_sections, ordinal) - 1
        return self._segments[i].sections.read(ordinal - self._opening_sections[i])

    def has_section(self, book: int, ordinal: int) -> bool:
        return self._first_sections[book] <= ordinal < self._first_sections[book + 1]

    def in_segment(self, passage: int) -> int:
        """The ordinal of the passage in its segment."""
        return passage - self.first_passages[bisect_right(self.first_passages, passage) - 1]

    def headed(self, beginning: str) -> Iterator[tuple[int, Section, str]]:
        """The parts of books, and the sections except those of the Bible, that have a word in their heading which
        begins so, in lower case. Each comes as the ordinal of its book, the section where it begins, and the
        heading."""
        for i, segment in enumerate(self._segments):
            for number, is_part in segment.headed(beginning):
                ordinal = self._opening_sections[i] + number
                section = self.section(ordinal)
                heading = (section.part or "") if is_part else section.heading
                yield bisect_right(self._first_sections, ordinal) - 1, section, heading

    def _at(self, passage: int) -> "tuple[_Passages, int]":
        """The segment of a passage, and its ordinal there."""
        i = bisect_right(self.first_passages, passage) - 1
        return self._segments[i], passage - self.first_passages[i]


class Sections(Sequence[Section]):
    """The sections of a book; each is read when it is asked for."""

    def __init__(self, read: Callable[[int], Section], first: int, count: int) -> None:
        self._read, self._ordinals = read, range(first, first + count)

    def __len__(self) -> int:
        return len(self._ordinals)

    @overload
    def __getitem__(self, position: int) -> Section: ...

    @overload
    def __getitem__(self, position: slice) -> list[Section]: ...

    def __getitem__(self, position: int | slice) -> Section | list[Section]:
        chosen = self._ordinals[position]
        return self._read(chosen) if isinstance(chosen, int) else list(map(self._read, chosen))

    def __iter__(self) -> Iterator[Section]:
        return map(self._read, self._ordinals)


class _Passages:
    """The passages and sections of a segment, by their ordinals there."""

    def __init__(self, segment: Segment) -> None:
        archive = segment.archive
        self.sections = SectionFile(archive)
        self.section, self.start, self.end, self.words, self.first, self.last = archive.columns(
            _PASSAGES, len(_COLUMNS)
        )
        self.firsts = archive.numbers(_FIRSTS)
        """The first passage of each section, and at the end the number of passages."""
        self._headings = archive.content(_HEADINGS)
        self._lines, self._headed, self._is_part = archive.columns(_HEADED, 3)

    def headed(self, beginning: str) -> Iterator[tuple[int, bool]]:
        """The sections with a word in their heading that begins so, or that begin a part with one; and whether it is a
        part."""
        wanted, last = beginning.encode(), -1
        for match in re.finditer(re.escape(wanted), self._headings):
            line = bisect_right(self._lines, match.start()) - 1
            if line > last and _has_word(self._heading(line), beginning):
                yield self._headed[line], bool(self._is_part[line])
                last = line

    def _heading(self, line: int) -> str:
        end = self._lines[line + 1] if line + 1 < len(self._lines) else len(self._headings)
        return str(self._headings[self._lines[line] : end], "utf-8")


def members(books: Sequence[Book], passages: Iterable[Sequence[Passage]]) -> dict[str, bytes]:
    """The members of a segment's archive for the passages and headings of its books. The section of each passage is its
    index among the sections of its book."""
    columns = [array("I") for _ in _COLUMNS]
    counts = array("I")
    for book, own in zip(books, passages, strict=True):
        opening = len(counts)
        counts.extend([0] * len(book.sections))
        for passage in own:
            counts[opening + passage.section] += 1
            row = (opening + passage.section, *passage[1:])
            for column, value in zip(columns, row, strict=True):
                column.append(value)
    return {
        _PASSAGES: b"".join(column.tobytes() for column in columns),
        _FIRSTS: array("I", accumulate(counts, initial=0)).tobytes(),
        **_headings(books),
    }


def _headings(books: Iterable[Book]) -> dict[str, bytes]:
    lines, starts, sections, is_part = list[bytes](), array("I"), array("I"), array("I")
    position = first = 0
    for book in books:
        for heading, section, begins in _titles(book):
            lines.append(f"{heading.casefold()}\n".encode())
            starts.append(position)
            sections.append(first + section)
            is_part.append(begins)
            position += len(lines[-1])
        first += len(book.sections)
    return {_HEADINGS: b"".join(lines), _HEADED: b"".join(column.tobytes() for column in (starts, sections, is_part))}


def _titles(book: Book) -> Iterator[tuple[str, int, bool]]:
    """The heading of each part of the book and, in other books than the Bible, of each section, with the section that
    begins there, and whether it is a part."""
    part = None
    for i, section in enumerate(book.sections):
        if section.part and section.part != part:
            part = section.part
            yield part, i, True
        if book.form is not Form.SCRIPTURE:
            yield section.heading, i, False


def _has_word(heading: str, beginning: str) -> bool:
    position = heading.find(beginning)
    return position == 0 or (position > 0 and not heading[position - 1].isalnum())


def number_of(book_id: str) -> int:
    """The number by which tantivy knows a book in any index. Its ordinal will not do: it changes when a book is
    added."""
    return int.from_bytes(sha256(book_id.encode()).digest()[:8], "big") >> 64 - _BITS_OF_NUMBER


class Called(NamedTuple):
    """The words of a book's titles and id, the words of its author, and title and author as one text of such words."""

    titles: list[str]
    author: list[str]
    text: str


@dataclass(frozen=True, slots=True)
class Extent:
    """The passages of a book (from `first` to `last`, which is not included), how many words it has, and where its
    divisions start."""

    first: int
    last: int
    words: int
    divisions: list[float]


class Located(NamedTuple):
    """A passage with its place. `first` and `last` are the numbers of its verses or lines; 0 if it has none."""

    book: int
    section: Section
    start: int
    end: int
    first: int
    last: int

    @property
    def reference(self) -> str:
        return cite(self.section, self.first, self.last)

    @property
    def short_reference(self) -> str:
        return cite_short(self.section, self.first, self.last)


def divisions(book: Book) -> list[float]:
    """Where the largest parts of the book start, as fractions of its length: volumes or acts, else chapters."""
    parted = any(section.part for section in book.sections)
    starts: dict[str, int] = {}
    for section in book.sections:
        starts.setdefault(section.part or section.id if parted else section.id, section.start)
    return [round(start / max(1, book.length), 4) for start in starts.values()]


def _called(book: Book) -> Called:
    title, author = words(book.title), words(book.author or "")
    others = words(" ".join((book.id.replace("_", " "), *TITLES.get(book.id, ()))))
    return Called([*title, *others], author, " ".join((*title, *author)))
