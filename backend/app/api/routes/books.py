"""GET /books, /books/{id}, /books/{id}/sections/{sid}: the shelf, and sections to read."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.caching import cached
from app.api.parameters import BookId, BookIds, Cursor, Index
from app.api.problems import RESPONSES
from app.api.routes.about import shelf_info
from app.models.shelf import BookDetail, BookList, SectionText
from app.search import cost
from app.search.query import MAX_LENGTH, parse
from app.search.reader import BookListRequest, book_detail, book_list, section_text
from app.search.request import book_ordinal

router = APIRouter(tags=["books"], responses=RESPONSES)

SectionId = Annotated[str, Path(description="id of a section of the book", max_length=128)]


@router.get("/books", response_model=BookList)
async def get_books(
    request: Request,
    index: Index,
    q: Annotated[
        str, Query(max_length=MAX_LENGTH, description="only books with words of the title or author that begin so")
    ] = "",
    book: BookIds = (),
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
    cursor: Cursor = None,
) -> Response:
    """The books of the shelf, by year."""
    asked = BookListRequest(q, book, limit, cursor)
    return await cached(request, cost.LEAST, lambda _: book_list(index, shelf_info(index), asked))


@router.get("/books/{book}", response_model=BookDetail)
async def get_book(
    request: Request,
    index: Index,
    book: BookId,
    q: Annotated[str | None, Query(description="count the passages of each section that this query matches")] = None,
) -> Response:
    """One book with its table of contents."""
    ordinal = book_ordinal(index.books, book, "book")
    query = parse(q) if q else None
    return await cached(
        request,
        cost.of_contents(index, ordinal, query),
        lambda deadline: book_detail(index, ordinal, query, deadline),
    )


@router.get("/books/{book}/sections/{section}", response_model=SectionText)
async def get_section(
    request: Request,
    index: Index,
    book: BookId,
    section: SectionId,
    q: Annotated[str | None, Query(description="mark where this query matches")] = None,
) -> Response:
    """A section to read, with marks and links to the nearest sections with hits."""
    ordinal = book_ordinal(index.books, book, "book")
    query = parse(q) if q else None
    return await cached(
        request,
        cost.of_section(index, ordinal, section, query),
        lambda deadline: section_text(index, ordinal, section, query, deadline),
    )
