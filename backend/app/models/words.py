"""Answers about words: concordance, comparison, collocates, and the words of a book."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.models.base import Model
from app.models.query import READING, Notice, Reading


class Side(StrEnum):
    """On which side of another word a word stands."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass
class ConcordanceLine(Model):
    book: str
    section: str
    reference: str
    short: Annotated[str, Field(description="the reference in short, such as Emma 2.10 for Volume II, Chapter 10")]
    start: Annotated[int, Field(description="offset of the match in the book")]
    left: Annotated[str, Field(description="whole words, the last of them next to the match")]
    match: str
    right: str


@dataclass
class Concordance(Model):
    query: str
    reading: Annotated[Reading | None, READING]
    variants: dict[str, list[str]]
    total: Annotated[int, Field(description="lines in all")]
    truncated: Annotated[bool, Field(description="there are more matches than `total`, the most that are ever listed")]
    lines: list[ConcordanceLine]
    next: str | None


@dataclass
class BookFrequency(Model):
    id: str
    title: str
    author: str | None
    year: int | None
    words: int
    counts: Annotated[list[int], Field(description="occurrences of each term, in the order of `terms`")]
    rates: Annotated[list[float], Field(description="the same per 10,000 words")]


@dataclass
class HighestRate(Model):
    book: str
    title: str
    rate: float


@dataclass
class Comparison(Model):
    terms: Annotated[list[str], Field(description="as they were read")]
    notices: Annotated[list[Notice], Field(description="what was not understood, each at its place in its term")]
    variants: dict[str, list[str]]
    totals: Annotated[list[int], Field(description="in all books")]
    highest: Annotated[
        list[HighestRate | None], Field(description="for each term the book that has it most often for its length")
    ]
    estimated: Annotated[
        list[bool],
        Field(
            description="for each term whether its counts are an estimate: so many passages match that only some were "
            "read, which are spread evenly"
        ),
    ]
    books: Annotated[list[BookFrequency], Field(description="one page of them")]
    next: Annotated[str | None, Field(description="cursor of the next page")]


@dataclass
class Collocate(Model):
    word: str
    count: Annotated[int, Field(description="occurrences near the term")]
    expected: Annotated[float, Field(description="occurrences if the words of the books were spread evenly")]
    score: Annotated[float, Field(description="log-likelihood ratio (Dunning 1993)")]


@dataclass
class Collocates(Model):
    query: str
    reading: Annotated[Reading | None, READING]
    variants: dict[str, list[str]]
    window: Annotated[int, Field(description="words on each side")]
    side: Side
    occurrences: Annotated[int, Field(description="that were counted")]
    truncated: Annotated[bool, Field(description="a common word: only those in some of the passages were counted")]
    passages: Annotated[int, Field(description="that match")]
    passages_read: Annotated[int, Field(description="how many of those were read; they are spread evenly")]
    collocates: list[Collocate]


@dataclass
class ListedWord(Model):
    """A word of a book, as it stands there. Rates are occurrences per 10,000 words."""

    word: str
    count: int
    rate: float
    elsewhere: Annotated[float, Field(description="its rate in all other books together")]
    keyness: Annotated[
        float, Field(description="log-likelihood (Rayson and Garside 2000), negative if it is rarer than elsewhere")
    ]


@dataclass
class WordList(Model):
    book: str
    title: str
    words: Annotated[int, Field(description="of the book, in all")]
    total: Annotated[int, Field(description="different ones that are listed")]
    list: list[ListedWord]
    next: str | None
