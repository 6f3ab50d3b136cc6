"""Parameters that several routes share."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request

from app.api.csv_writer import Format
from app.index.reader import IndexReader
from app.search.query import MAX_LENGTH

MAX_FILTERS = 64


# It is `async` because FastAPI runs any other function in a thread.
async def _index(request: Request) -> IndexReader:
    index: IndexReader = request.app.state.index
    return index


Index = Annotated[IndexReader, Depends(_index)]
Text = Annotated[
    str,
    Query(
        description='words, "exact phrases", prefix*, w?ldc*rds, -excluded or NOT, OR, (groups), NEAR/5, '
        f"author:austen, title:emma; at most {MAX_LENGTH} characters",
        examples=['"to be or not to be"'],
    ),
]
# Tuples are immutable defaults; pydantic is slow to call a factory of empty lists.
BookIds = Annotated[tuple[str, ...], Query(alias="book", max_length=MAX_FILTERS, description="only these books (ids)")]
Authors = Annotated[tuple[str, ...], Query(alias="author", max_length=MAX_FILTERS, description="only books by these")]
Cursor = Annotated[str | None, Query(max_length=128, description="`next` of the page before")]
BookId = Annotated[str, Path(description="id of a book, with or without .txt", max_length=128)]
FunctionWords = Annotated[bool, Query(description="whether words like the, of and thou are listed too")]
FileFormat = Annotated[
    Format, Query(alias="format", description="csv and tsv hold all lines, at most 10,000, and ignore limit and cursor")
]
