"""The answer to a search, and suggestions while typing."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from app.index.dispersion import BUCKETS
from app.models.base import Mark, Model
from app.models.places import AbsentWork, NamedBook, Place
from app.models.query import READING, Reading


@dataclass
class PassageHit(Model):
    """`start` and `end` are offsets in the book, marks are relative to `text`."""

    book: str
    section: str
    reference: str
    start: int
    end: int
    text: str
    marks: list[Mark]
    score: float


@dataclass
class BookHits(Model):
    id: str
    title: str
    author: str | None
    published: str | None
    hits: Annotated[int, Field(description="passages that match")]
    rate: Annotated[float, Field(description="hits per 10,000 words")]
    dispersion: Annotated[list[int], Field(description=f"hits in each of {BUCKETS} equal parts of the book")]
    divisions: Annotated[list[float], Field(description="where its divisions start, as fractions of the book")]
    passages: Annotated[list[PassageHit], Field(description="the best ones")]


@dataclass
class Facet(Model):
    value: str
    label: str
    hits: int


@dataclass
class Facets(Model):
    """At most 50 books and authors with the most hits, and those that are chosen."""

    books: Annotated[list[Facet], Field(description="as if no book were chosen, so that another can be added")]
    authors: Annotated[list[Facet], Field(description="as if no author were chosen")]
    more_books: Annotated[int, Field(description="other books with hits")]
    more_authors: Annotated[int, Field(description="other authors with hits")]


@dataclass
class Correction(Model):
    original: str
    corrected: str
    words: dict[str, str]


@dataclass
class SearchAnswer(Model):
    """`query` is the query of these results: the corrected one if there is a `correction`."""

    query: str
    reading: Annotated[Reading | None, READING]
    place: Annotated[Place | None, Field(description="on the first page: the place that the query names")]
    named: Annotated[list[NamedBook], Field(description="books whose title or author the query is")]
    absent: Annotated[
        AbsentWork | None, Field(description="the well-known work that the query names, if it is not on the shelf")
    ]
    matching: Annotated[
        Literal["all", "any"],
        Field(description="all: the hits have all the words; any: few or no passages have, so these have some of them"),
    ]
    complete: Annotated[int, Field(description="passages that have all the words, in all books")]
    correction: Correction | None
    offered: Annotated[
        Correction | None, Field(description="a likely query that was not asked instead: names stay what they are")
    ]
    variants: Annotated[
        dict[str, list[str]], Field(description="other spellings that were searched too, such as love: loue")
    ]
    hits: Annotated[int, Field(description="passages that match")]
    books: Annotated[list[BookHits], Field(description="with group=book: one page of them")]
    passages: Annotated[list[PassageHit], Field(description="with group=none: one page of them")]
    facets: Facets | None
    next: Annotated[str | None, Field(description="cursor of the next page")]


@dataclass
class Suggestion(Model):
    """A completed word, with how often it occurs unless it follows others; a book; or a place in a book."""

    kind: Literal["word", "book", "heading", "reference"]
    text: str
    count: int | None
    book: str | None
    section: str | None
    units: Annotated[str | None, Field(description="with a place: its lines or verses in the section")] = None


@dataclass
class Suggestions(Model):
    suggestions: list[Suggestion]
