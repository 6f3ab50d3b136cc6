"""GET /search."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import cached
from app.api.models import SearchAnswer
from app.api.parameters import Authors, BookIds, Cursor, Index, Text, TimeLimit
from app.api.problems import RESPONSES
from app.search.filters import filters
from app.search.query import parse
from app.search.request import Group, SearchRequest, Sort
from app.search.search import search

router = APIRouter(tags=["search"], responses=RESPONSES)


@router.get("/search", response_model=SearchAnswer)
async def get_search(
    request: Request,
    index: Index,
    deadline: TimeLimit,
    q: Text,
    book: BookIds,
    author: Authors,
    sort: Sort = Sort.RELEVANCE,
    group: Group = Group.BOOK,
    limit: Annotated[int, Query(ge=1, le=100, description="books, or passages with group=none")] = 10,
    cursor: Cursor = None,
    passages: Annotated[int, Query(ge=0, le=20, description="passages for each book")] = 3,
    correct: Annotated[bool, Query(description="look for the likely word when nothing is found")] = True,
    facets: Annotated[bool, Query(description="count hits by book and author")] = True,
) -> Response:
    """Passages that match, by book or in one list."""

    # Called in the event loop: a search takes less time than handing it to a thread would.
    def answer() -> SearchAnswer:
        chosen = filters(index.books, book, author)
        asked = SearchRequest(parse(q), chosen, sort, group, limit, cursor, passages, correct, facets)
        return search(index, asked, deadline)

    return cached(request, answer)
