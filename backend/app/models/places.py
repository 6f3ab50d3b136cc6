"""Answers about places and works that a reference or a query names."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from app.models.base import Model


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
class NamedBook(Model):
    """A book that a query names; `section` is its first one."""

    id: str
    title: str
    author: str | None
    published: str | None
    section: str


@dataclass
class AbsentWork(Model):
    title: str
    author: str
