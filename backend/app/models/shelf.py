"""Answers about the shelf and its books, and sections to read."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from app.models.base import Mark, Model


@dataclass
class ShelfInfo(Model):
    kind: Literal["nltk", "sample", "own"]
    books: int
    words: int
    digest: Annotated[str, Field(description="sha256 of the corpus; changes when any text does")]
    advice: Annotated[
        str | None,
        Field(description="the command that gets the real books with a network, when the sample shelf is served"),
    ]


@dataclass
class BookInfo(Model):
    id: str
    title: str
    author: str | None
    year: Annotated[int | None, Field(description="for sorting")]
    published: Annotated[str | None, Field(description="for showing, such as 1789–94")]
    gutenberg: Annotated[int | None, Field(description="Project Gutenberg ebook number")]
    form: Literal["prose", "verse", "play", "scripture"]
    language: Annotated[str, Field(description="of the text, as a tag of BCP 47")]
    words: int
    passages: int
    sections: int


@dataclass
class SectionInfo(Model):
    id: str
    part: Annotated[str | None, Field(description="the division that it belongs to, such as Volume II")]
    heading: str
    reference: str
    position: Annotated[float, Field(description="where it starts, as a fraction of the book")]
    words: int
    hits: Annotated[int | None, Field(description="with a query: passages that match")] = None


@dataclass
class BookDetail(BookInfo):
    contents: list[SectionInfo]


@dataclass
class BookList(Model):
    shelf: ShelfInfo
    longest: Annotated[int, Field(description="words of the longest book on the shelf")]
    total: Annotated[int, Field(description="books that match")]
    books: Annotated[list[BookInfo], Field(description="one page of them, by year")]
    next: Annotated[str | None, Field(description="cursor of the next page")]


@dataclass
class SectionPassage(Model):
    reference: str
    start: int
    end: int


@dataclass
class SectionLink(Model):
    id: str
    reference: str


@dataclass
class SectionText(Model):
    """A section to read. `start` is its offset in the book; marks and passages are relative to `text`."""

    book: str
    title: str
    author: str | None
    form: Literal["prose", "verse", "play", "scripture"]
    id: str
    part: str | None
    heading: str
    reference: str
    start: int
    text: str
    unit: Annotated[
        Literal["line", "spoken", "verse"] | None,
        Field(description="what is numbered; spoken lines are those of a play, as this text prints them"),
    ]
    units: Annotated[list[tuple[int, int, int]], Field(description="number, start and end of each of those")]
    passages: list[SectionPassage]
    marks: list[Mark]
    previous: SectionLink | None
    next: SectionLink | None
    previous_hit: Annotated[
        SectionLink | None, Field(description="the nearest section before this one that the query matches")
    ]
    next_hit: SectionLink | None
