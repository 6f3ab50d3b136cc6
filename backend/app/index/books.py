"""Catalogue, sections and passages of the books in the index, as compact columns."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Self

import orjson

from app.corpus.citations import cite, cite_short
from app.corpus.model import Book, Form, Passage, Section, Unit
from app.corpus.other_names import TITLES
from app.index.dispersion import BUCKETS, bucket_of
from app.words import words

BOOKS_FILE = "books.json"
PASSAGES_FILE = "passages.bin"

_COLUMNS = ("section", "start", "end", "words", "first", "last", "bucket")


class Books:
    """The books in the order of the corpus. Passages are numbered over all books, and so are sections."""

    def __init__(self, books: Sequence[Book], columns: Sequence["array[int]"]) -> None:
        self.books = books
        self._section, self._start, self._end, self._words, self._first, self._last, self._bucket = columns
        self._sections = [(i, section) for i, book in enumerate(books) for section in book.sections]
        self.by_id = {book.id: book for book in books}
        self._ordinals = {book.id: i for i, book in enumerate(books)}
        self._section_ordinals = {(i, section.id): n for n, (i, section) in enumerate(self._sections)}
        self._first_passages = self._index_sections()
        self.extents = [self._extent(i) for i in range(len(books))]

    def _index_sections(self) -> list[int]:
        """The first passage of each section, and at the end the number of passages."""
        counts = [0] * len(self._sections)
        for section in self._section:
            counts[section] += 1
        firsts = [0]
        for count in counts:
            firsts.append(firsts[-1] + count)
        return firsts

    def _extent(self, book: int) -> "Extent":
        sections = self.books[book].sections
        opening = self._section_ordinals[book, sections[0].id]
        first, last = self._first_passages[opening], self._first_passages[opening + len(sections)]
        return Extent(first, last, sum(self._words[first:last]), divisions(self.books[book]))

    @property
    def passage_count(self) -> int:
        return len(self._start)

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
        return self._section_ordinals.get((book, section_id))

    def passages_of(self, section: int) -> range:
        """The ordinals of a section's passages."""
        return range(self._first_passages[section], self._first_passages[section + 1])

    def words_of(self, section: int) -> int:
        passages = self.passages_of(section)
        return sum(self._words[passages.start : passages.stop])

    def sections_of(self, book: int) -> Iterator[tuple[int, Section]]:
        """The sections of a book, each with its ordinal."""
        first = self._section_ordinals[book, self.books[book].sections[0].id]
        return enumerate(self.books[book].sections, first)

    def passage(self, ordinal: int) -> "Located":
        section = self._section[ordinal]
        book, where = self._sections[section]
        return Located(book, where, self._start[ordinal], self._end[ordinal], self._first[ordinal], self._last[ordinal])

    def book_of(self, passage: int) -> int:
        return self._bucket[passage] // BUCKETS

    def section_of(self, passage: int) -> int:
        return self._section[passage]

    def section(self, ordinal: int) -> Section:
        return self._sections[ordinal][1]

    def has_section(self, book: int, ordinal: int) -> bool:
        return 0 <= ordinal < len(self._sections) and self._sections[ordinal][0] == book

    def passage_at(self, section: int, offset: int) -> int | None:
        """The passage of the section that contains the offset, or the nearest one before it."""
        own = self.passages_of(section)
        if not own:
            return None
        return max(own.start, bisect_right(self._start, offset, own.start, own.stop) - 1)

    def bucket(self, ordinal: int) -> int:
        """The bucket of a passage, numbered as by `bucket_of`."""
        return self._bucket[ordinal]

    @classmethod
    def of_passages(cls, books: Sequence[Book], passages: Iterable[Sequence[Passage]]) -> Self:
        """Makes the columns from the passages of each book, whose section is an index into that book's sections."""
        columns = [array("I") for _ in _COLUMNS]
        offset = 0
        for ordinal, (book, own) in enumerate(zip(books, passages, strict=True)):
            for p in own:
                row = (offset + p.section, p.start, p.end, p.words, p.first, p.last, bucket_of(p, book, ordinal))
                for column, value in zip(columns, row, strict=True):
                    column.append(value)
            offset += len(book.sections)
        return cls(books, columns)

    def save(self, directory: Path) -> None:
        (directory / BOOKS_FILE).write_bytes(orjson.dumps(self.books))
        columns = (self._section, self._start, self._end, self._words, self._first, self._last, self._bucket)
        (directory / PASSAGES_FILE).write_bytes(b"".join(column.tobytes() for column in columns))

    @classmethod
    def load(cls, directory: Path) -> Self:
        rows = orjson.loads((directory / BOOKS_FILE).read_bytes())
        data = memoryview((directory / PASSAGES_FILE).read_bytes())
        size = len(data) // len(_COLUMNS)
        columns = []
        for i in range(len(_COLUMNS)):
            column = array("I")
            column.frombytes(data[i * size : (i + 1) * size])
            columns.append(column)
        return cls([book_of(row) for row in rows], columns)


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


def book_of(row: dict[str, Any]) -> Book:
    """Reads a book from what orjson wrote of it."""
    sections = tuple(_section(section) for section in row.pop("sections"))
    return Book(**{**row, "form": Form(row["form"])}, sections=sections)


def _section(row: dict[str, Any]) -> Section:
    return Section(**{**row, "unit": Unit(row["unit"]) if row["unit"] else None})
