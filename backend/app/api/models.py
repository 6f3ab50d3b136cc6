"""What the API answers, as OpenAPI shows it. Offsets count Unicode code points; ranges are [start, end)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Mark = tuple[int, int]


class Model(BaseModel):
    """An answer never carries fields that its schema does not name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ShelfInfo(Model):
    kind: Literal["nltk", "sample", "own"]
    books: int
    words: int
    digest: str = Field(description="sha256 of the corpus; changes when any text does")
    advice: str | None = Field(description="the command that gets the real shelf, when the sample shelf is served")


class About(Model):
    name: str
    version: str
    commit: str
    host: str = Field(description="pod or host name of the process that answers")
    shelf: ShelfInfo


class BookInfo(Model):
    id: str
    title: str
    author: str | None
    year: int | None = Field(description="for sorting")
    published: str | None = Field(description="for showing, such as 1789–94")
    gutenberg: int | None = Field(description="Project Gutenberg ebook number")
    form: Literal["prose", "verse", "play", "scripture"]
    words: int
    passages: int
    sections: int


class SectionInfo(Model):
    id: str
    part: str | None = Field(description="the division that it belongs to, such as Volume II")
    heading: str
    reference: str
    position: float = Field(description="where it starts, as a fraction of the book")
    words: int


class BookDetail(BookInfo):
    contents: list[SectionInfo]


class BookList(Model):
    shelf: ShelfInfo
    books: list[BookInfo]


class SectionPassage(Model):
    reference: str
    start: int
    end: int


class SectionLink(Model):
    id: str
    reference: str


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
    passages: list[SectionPassage]
    marks: list[Mark]
    previous: SectionLink | None
    next: SectionLink | None
    previous_hit: SectionLink | None = Field(description="the nearest section before this one that the query matches")
    next_hit: SectionLink | None


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


class BookHits(Model):
    id: str
    title: str
    author: str | None
    published: str | None
    hits: int = Field(description="passages that match")
    rate: float = Field(description="hits per 10,000 words")
    dispersion: list[int] = Field(description="hits in each of 60 equal parts of the book")
    divisions: list[float] = Field(description="where its divisions start, as fractions of the book")
    passages: list[PassageHit] = Field(description="the best ones")


class Facet(Model):
    value: str
    label: str
    hits: int


class Facets(Model):
    books: list[Facet] = Field(description="as if no book were chosen, so that another can be added")
    authors: list[Facet] = Field(description="as if no author were chosen")


class Correction(Model):
    original: str
    corrected: str
    words: dict[str, str]


class SearchAnswer(Model):
    """`query` is the one whose results these are: the corrected one when `correction` is given."""

    query: str
    matching: Literal["all", "any"] = Field(
        description="all: the hits have all the words; any: few or no passages have, so these have some of them"
    )
    complete: int = Field(description="passages that have all the words, in all books")
    correction: Correction | None
    variants: dict[str, list[str]] = Field(description="other spellings that were searched too, such as love: loue")
    hits: int = Field(description="passages that match")
    books: list[BookHits] = Field(description="with group=book: one page of them")
    passages: list[PassageHit] = Field(description="with group=none: one page of them")
    facets: Facets | None
    next: str | None = Field(description="cursor of the next page")


class ConcordanceLine(Model):
    book: str
    section: str
    reference: str
    start: int = Field(description="offset of the match in the book")
    left: str
    match: str
    right: str


class Concordance(Model):
    query: str
    variants: dict[str, list[str]]
    total: int = Field(description="lines in all")
    truncated: bool = Field(description="there are more matches than are ever listed")
    lines: list[ConcordanceLine]
    next: str | None


class BookFrequency(Model):
    id: str
    title: str
    author: str | None
    year: int | None
    words: int
    counts: list[int] = Field(description="occurrences of each term, in the order of `terms`")
    rates: list[float] = Field(description="the same per 10,000 words")


class Comparison(Model):
    terms: list[str]
    variants: dict[str, list[str]]
    totals: list[int]
    books: list[BookFrequency]


class Collocate(Model):
    word: str
    count: int = Field(description="occurrences near the term")
    expected: float = Field(description="occurrences if words were spread evenly")
    score: float = Field(description="log-likelihood ratio (Dunning 1993)")


class Collocates(Model):
    query: str
    variants: dict[str, list[str]]
    window: int = Field(description="words on either side")
    occurrences: int
    truncated: bool
    collocates: list[Collocate]


class Suggestion(Model):
    """A word, a book, or a place in a book.

    `count` is how often the word occurs, or in how many passages it follows the word before it.
    """

    kind: Literal["word", "book", "reference"]
    text: str
    count: int | None
    book: str | None
    section: str | None


class Suggestions(Model):
    suggestions: list[Suggestion]


class Place(Model):
    """What a reference names. `start` and `end` are offsets in the book, `text` is what stands there."""

    reference: str
    book: str
    section: str
    start: int
    end: int
    text: str


class Health(Model):
    status: Literal["ok"]


class Problem(Model):
    """RFC 9457 problem details. `type` is "urn:gutenberg-search:<name>", stable for programs."""

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None = Field(default=None, description="the query parameter that is wrong")
    allowed: str | None = Field(default=None, description="what it may be")
