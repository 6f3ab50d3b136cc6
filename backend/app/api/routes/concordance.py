"""GET /concordance, as JSON or as a file."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import cached
from app.api.csv_writer import FILES, Cell, Format, Table, file_name, table_file
from app.api.download import download
from app.api.parameters import Authors, BookIds, Cursor, FileFormat, Index, Text
from app.api.problems import RESPONSES
from app.index.reader import IndexReader
from app.models.words import Concordance, ConcordanceLine
from app.search import cost
from app.search.request import interpret
from app.search.words import MOST_LEVELS, AllLines, ConcordanceRequest, LineSort, all_lines, concordance_page

router = APIRouter(tags=["search"], responses=RESPONSES)

COLUMNS = ("query", "title", "author", "year", "reference", "left", "node", "right", "position")


@router.get("/concordance", response_model=Concordance, responses=FILES)
async def get_concordance(
    request: Request,
    index: Index,
    q: Text,
    book: BookIds = (),
    author: Authors = (),
    sort: Annotated[
        tuple[LineSort, ...],
        Query(
            max_length=MOST_LEVELS,
            description="repeat it for up to three levels: the match (node), the first to third word left (l1 to l3) "
            "or right (r1 to r3) of it; left is l1, l2, l3, right is r1, r2, r3, position is the order of the text",
        ),
    ] = (),
    width: Annotated[int, Query(ge=10, le=200, description="characters on either side, at most: whole words")] = 50,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Cursor = None,
    kind: FileFormat = Format.JSON,
) -> Response:
    """Keyword in context: every occurrence with the text to the left and right of it."""
    query, filters, reading = interpret(index.books, q, book, author)
    asked = ConcordanceRequest(query, filters, sort, width, limit, cursor, reading)
    if kind is Format.JSON:
        expected = cost.of_reading(index, asked.query)
        return await cached(request, expected, lambda deadline: concordance_page(index, asked, deadline))
    return download(request, lambda deadline: table_file(table(index, all_lines(index, asked, deadline)), kind))


def table(index: IndexReader, listed: AllLines) -> Table:
    """The lines as a table. Its name says if there are more lines than it holds."""
    query = str(listed.query)
    rows = (_row(index, query, line) for line in listed.lines)
    name = file_name("concordance", query)
    if not listed.truncated:
        return Table(name, COLUMNS, rows)
    cut = f"there are more than {listed.total} matches and no more are ever listed"
    return Table(f"{name}-first-{listed.total}-lines", COLUMNS, rows, cut)


def _row(index: IndexReader, query: str, line: ConcordanceLine) -> Sequence[Cell]:
    book = index.books.by_id[line.book]
    return (
        query,
        book.title,
        book.author,
        book.year,
        line.reference,
        line.left,
        line.match,
        line.right,
        line.start,
    )
