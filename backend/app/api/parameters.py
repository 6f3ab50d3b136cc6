"""The parameters that several routes share."""

from typing import Annotated

from fastapi import Depends, Query, Request

from app.index.reader import IndexReader
from app.search.deadline import Deadline
from app.search.query import MAX_LENGTH

MAX_FILTERS = 64


def _index(request: Request) -> IndexReader:
    index: IndexReader = request.app.state.index
    return index


def _deadline(request: Request) -> Deadline:
    return Deadline(request.app.state.settings.query_seconds)


Index = Annotated[IndexReader, Depends(_index)]
TimeLimit = Annotated[Deadline, Depends(_deadline)]
Text = Annotated[
    str,
    Query(
        description=f'words, "exact phrases", prefix*, -excluded; at most {MAX_LENGTH} characters',
        examples=['"to be or not to be"'],
    ),
]
BookIds = Annotated[
    list[str], Query(default_factory=list, alias="book", max_length=MAX_FILTERS, description="only these books (ids)")
]
Authors = Annotated[
    list[str], Query(default_factory=list, alias="author", max_length=MAX_FILTERS, description="only books by these")
]
Cursor = Annotated[str | None, Query(max_length=128, description="`next` of the page before")]
