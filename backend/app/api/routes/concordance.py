"""GET /concordance, as JSON or CSV."""

import csv
import io
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import cached
from app.api.parameters import Authors, BookIds, Cursor, Index, Text, TimeLimit
from app.api.problems import RESPONSES
from app.models import Concordance, ConcordanceLine
from app.search.concordance import ConcordanceRequest, LineSort, all_lines, concordance
from app.search.filters import filters
from app.search.query import parse

router = APIRouter(tags=["search"], responses=RESPONSES)

_COLUMNS = ("book", "reference", "left", "match", "right")
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"


@router.get(
    "/concordance",
    response_model=Concordance,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def get_concordance(
    request: Request,
    index: Index,
    deadline: TimeLimit,
    q: Text,
    book: BookIds = (),
    author: Authors = (),
    sort: LineSort = LineSort.POSITION,
    width: Annotated[int, Query(ge=10, le=200, description="characters on either side")] = 50,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Cursor = None,
    kind: Annotated[
        Format, Query(alias="format", description="csv holds all lines, up to 10,000, and ignores limit and cursor")
    ] = Format.JSON,
) -> Response:
    """Keyword in context: every occurrence with what stands beside it."""

    def answer() -> Concordance | Response:
        chosen = filters(index.books, book, author)
        asked = ConcordanceRequest(parse(q), chosen, sort, width, limit, cursor)
        return _csv(all_lines(index, asked, deadline)) if kind is Format.CSV else concordance(index, asked, deadline)

    return cached(request, answer)


def _csv(lines: Iterable[ConcordanceLine]) -> Response:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    writer.writerows([_safe(getattr(line, column)) for column in _COLUMNS] for line in lines)
    headers = {"Content-Disposition": 'attachment; filename="concordance.csv"'}
    # The byte order mark tells spreadsheets that it is UTF-8.
    return Response("\ufeff" + file.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
