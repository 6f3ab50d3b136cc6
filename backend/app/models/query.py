"""How a query was read."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from app.models.base import Model
from app.search.query import NoticeKind


@dataclass
class Notice(Model):
    """A piece of what was typed that means something else than it seems to, at [start, end) of it."""

    kind: NoticeKind
    start: int
    end: int
    text: str


@dataclass
class Reading(Model):
    """How a query was read, if it is more than plain words. `books` and `authors` are those that its own fields choose
    (author:austen), besides the parameters; `query` is the rest, in the query language."""

    query: str
    books: list[str]
    authors: list[str]
    notices: Annotated[list[Notice], Field(description="what was not understood, in the order of the text")]


READING = Field(description="null for plain words")
