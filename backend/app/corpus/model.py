"""The values that describe a shelf of books. Offsets count code points of a book's normalised text."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Unit(StrEnum):
    """What is numbered inside a section, if anything is. Spoken lines are those of a play, without stage directions."""

    LINE = "line"
    SPOKEN = "spoken"
    VERSE = "verse"


class Form(StrEnum):
    """How a book is written, which decides how it is split and shown."""

    PROSE = "prose"
    VERSE = "verse"
    PLAY = "play"
    SCRIPTURE = "scripture"

    @property
    def unit(self) -> Unit | None:
        """What is numbered in its sections."""
        return {Form.VERSE: Unit.LINE, Form.PLAY: Unit.SPOKEN, Form.SCRIPTURE: Unit.VERSE}.get(self)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a book with a heading: a chapter, a scene, a poem. Sections cover the text in order.

    `id` is unique in its book and safe in a URL ("2.3"); `part` is the division it belongs to ("Volume II"), if any;
    `heading` is its line in the contents ("Chapter 42. The Whiteness of the Whale"); `reference` cites it
    ("Emma, Volume II, Chapter 3", "Genesis 1"); `body` is where the text below the printed heading starts.
    """

    id: str
    part: str | None
    heading: str
    reference: str
    start: int
    end: int
    unit: Unit | None = None
    body: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """A book's catalogue entry and structure, without its text.

    `year` is for sorting, `published` for showing ("1789–94"); `gutenberg` is the Project Gutenberg number, if it is
    known for certain; `early_modern` says that the spelling is older than ours (love is "loue"); `language` is a BCP 47
    tag, which decides how the text is shown and read aloud; `length` is the length of the text.
    """

    id: str
    title: str
    author: str | None
    year: int | None
    published: str | None
    gutenberg: int | None
    form: Form
    early_modern: bool
    language: str
    length: int
    sections: Sequence[Section]

    @property
    def is_english(self) -> bool:
        return self.language.partition("-")[0].lower() == "en"


class Passage(NamedTuple):
    """The unit of search: at most about 200 words of one section. It is a tuple, since there are many of them to pass
    on.

    `section` is the index in the book's sections; `first` and `last` are the numbers of its first and last verse or
    line (0 if they have none).
    """

    section: int
    start: int
    end: int
    words: int
    first: int = 0
    last: int = 0


class ShelfKind(StrEnum):
    """Where the books come from."""

    NLTK = "nltk"
    SAMPLE = "sample"
    OWN = "own"


REAL_BOOKS_COMMAND = "make run"
"""Gets the real 18 books in place of the sample shelf, when there is a network."""


@dataclass(frozen=True, slots=True)
class MarkedHeading:
    """A heading that the format of a file marks as such. It stands at `line` of the text, counted from 0, and the text
    under it begins at the line `body`. Level 1 contains level 2, which contains level 3."""

    line: int
    body: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a person's own text comes from: the file's path in the folder, and the encoding in which it was read.
    `doubt` says why that may be wrong and what to do; it continues a sentence that begins with the file's name."""

    file: str
    encoding: str
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A book's text as it was read: raw, with any line ends."""

    id: str
    raw: str
    headings: tuple[MarkedHeading, ...] = ()
    origin: Origin | None = None
