"""GET /concordance, as JSON or CSV."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import cached, is_known, not_modified, validators
from app.api.download import Download
from app.api.parameters import Authors, BookIds, Cursor, Index, Text
from app.api.problems import RESPONSES
from app.api.spreadsheet import spreadsheet
from app.models import Concordance
from app.search import cost
from app.search.concordance import ConcordanceRequest, LineSort, all_lines, concordance
from app.search.filters import filters
from app.search.query import parse

router = APIRouter(tags=["search"], responses=RESPONSES)


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"


@router.get(
    "/concordance",
    response_model=Concordance,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def get_concordance(
    request: Request,
    index: Index,
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

    asked = ConcordanceRequest(parse(q), filters(index.books, book, author), sort, width, limit, cursor)
    if kind is Format.JSON:
        expected = cost.of_reading(index, asked.query)
        return await cached(request, expected, lambda deadline: concordance(index, asked, deadline))
    headers = validators(request)
    if is_known(request, headers):
        return not_modified(headers)
    return Download(request, lambda deadline: spreadsheet(all_lines(index, asked, deadline)), headers)
