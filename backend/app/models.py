"""What the API answers, as OpenAPI shows it. Offsets count Unicode code points; ranges are [start, end)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue

from app.errors import declared
from app.index.dispersion import BUCKETS
from app.search.query import NoticeKind

Mark = tuple[int, int]


class Side(StrEnum):
    """Where a word stands, seen from another one."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Model:
    """Plain dataclasses: to validate what the program itself has made would take as long as many a search.
    Without slots: orjson writes what has a __dict__ in half the time.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")


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
class About(Model):
    name: str
    version: str
    commit: str
    host: Annotated[str, Field(description="pod or host name of the process that answers")]
    shelf: ShelfInfo


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
    """At most 50 of each, with the most hits; and those that are chosen."""

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
class Notice(Model):
    """A piece of what was typed that means something else than it seems to, at [start, end) of it."""

    kind: NoticeKind
    start: int
    end: int
    text: str


@dataclass
class Reading(Model):
    """How a query was read that is more than plain words. `books` and `authors` are those that its own fields choose
    (author:austen), beside the parameters; `query` is the rest, in the query language."""

    query: str
    books: list[str]
    authors: list[str]
    notices: Annotated[list[Notice], Field(description="what was not understood, in the order of the text")]


_READING = Field(description="null for plain words")


@dataclass
class NamedBook(Model):
    """`section` is its first."""

    id: str
    title: str
    author: str | None
    published: str | None
    section: str


@dataclass
class AbsentWork(Model):
    title: str
    author: str


@dataclass
class SearchAnswer(Model):
    """`query` is the one whose results these are: the corrected one when `correction` is given."""

    query: str
    reading: Annotated[Reading | None, _READING]
    place: Annotated["Place | None", Field(description="on the first page: the place that the query names")]
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
    reading: Annotated[Reading | None, _READING]
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
    reading: Annotated[Reading | None, _READING]
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


@dataclass
class Suggestion(Model):
    """A word with how often it occurs (words without), a book, or a place in a book."""

    kind: Literal["word", "book", "heading", "reference"]
    text: str
    count: int | None
    book: str | None
    section: str | None
    units: Annotated[str | None, Field(description="with a place: its lines or verses in the section")] = None


@dataclass
class Suggestions(Model):
    suggestions: list[Suggestion]


@dataclass
class PlaceLink(Model):
    reference: str
    book: str
    section: str
    units: Annotated[str, Field(description="the numbers asked for in that section; empty for all of it")] = ""


@dataclass
class Place(Model):
    """What a reference names. `start` and `end` are offsets in the book, `text` is what stands there."""

    reference: str
    exact: Annotated[
        bool, Field(description="false: the reference names what is not there, and this is the nearest that is")
    ]
    title: str
    author: str | None
    published: str | None
    gutenberg: int | None
    form: Literal["prose", "verse", "play", "scripture"]
    book: str
    section: Annotated[str, Field(description="where it starts")]
    unit: Annotated[
        Literal["line", "spoken", "verse"] | None,
        Field(description="what is numbered there; spoken lines are those of a play, as this text prints them"),
    ]
    units: Annotated[str, Field(description="the numbers asked for in that section, such as 1-7,15")]
    start: int
    end: int
    text: Annotated[str, Field(description="its beginning; pieces of it are separated by a line with …")]
    whole: Annotated[bool, Field(description="whether `text` is all of it")]
    further: Annotated[list[PlaceLink], Field(description="the next sections that it goes on in")]
    others: Annotated[list[PlaceLink], Field(description="other places of this name")]


@dataclass
class Health(Model):
    status: Literal["ok"]


_TYPES: list[JsonValue] = list(dict.fromkeys(error.problem_type() for error in declared()))


@dataclass
class Problem(Model):
    """RFC 9457 problem details."""

    type: Annotated[
        str, Field(description="stable for programs; later versions may have more", json_schema_extra={"enum": _TYPES})
    ]
    title: str
    status: int
    detail: str
    parameter: Annotated[str | None, Field(description="the query parameter that is wrong")] = None
    value: Annotated[str | None, Field(description="its value, or the part of it, that is wrong")] = None
    allowed: Annotated[str | None, Field(description="what it may be")] = None
