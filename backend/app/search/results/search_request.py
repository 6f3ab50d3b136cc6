"""The parameters of a search."""

from enum import StrEnum
from typing import NamedTuple

from app.models.query import Reading
from app.search.query import Query
from app.search.request import Filters


class Sort(StrEnum):
    RELEVANCE = "relevance"
    RATE = "rate"
    YEAR = "year"
    TITLE = "title"


class Group(StrEnum):
    BOOK = "book"
    NONE = "none"


class SearchRequest(NamedTuple):
    """What a page of results depends on. `passages` is how many are shown of each book; `typed` is the query as it was
    typed, which may name a place or a book."""

    query: Query
    filters: Filters = Filters()
    sort: Sort = Sort.RELEVANCE
    group: Group = Group.BOOK
    limit: int = 10
    cursor: str | None = None
    passages: int = 3
    correcting: bool = True
    facets: bool = True
    typed: str = ""
    reading: Reading | None = None

    @property
    def scope(self) -> str:
        """Everything that the order of the results depends on: a cursor is bound to it."""
        return f"{self.query} {self.filters.both()} {self.sort} {self.group} {self.correcting}"
