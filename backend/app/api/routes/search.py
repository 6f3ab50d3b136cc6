"""GET /search."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from app.api.caching import cached
from app.api.fast_route import FastRoute
from app.api.parameters import Authors, BookIds, Cursor, Text
from app.api.problems import RESPONSES
from app.index.reader import IndexReader
from app.models.results import SearchAnswer
from app.search import cost
from app.search.request import interpret
from app.search.results import Group, SearchRequest, Sort, search

router = APIRouter(tags=["search"], responses=RESPONSES, route_class=FastRoute)


class SearchParameters(BaseModel):
    """The parameters of /search."""

    q: Text
    book: BookIds = ()
    author: Authors = ()
    sort: Sort = Sort.RELEVANCE
    group: Group = Group.BOOK
    limit: Annotated[int, Field(ge=1, le=100, description="books, or passages with group=none")] = 10
    cursor: Cursor = None
    passages: Annotated[int, Field(ge=0, le=20, description="passages for each book")] = 3
    correct: Annotated[bool, Field(description="look for the likely word when nothing is found")] = True
    facets: Annotated[bool, Field(description="count hits by book and author")] = True


@router.get("/search", response_model=SearchAnswer)
async def get_search(request: Request, asked: Annotated[SearchParameters, Query()]) -> Response:
    """Passages that match, by book or in one list."""

    index: IndexReader = request.app.state.index
    query, filters, reading = interpret(index.books, asked.q, asked.book, asked.author)
    page = SearchRequest(
        query=query,
        typed=asked.q,
        reading=reading,
        filters=filters,
        sort=asked.sort,
        group=asked.group,
        limit=asked.limit,
        cursor=asked.cursor,
        passages=asked.passages,
        correcting=asked.correct,
        facets=asked.facets,
    )
    return await cached(request, cost.of_search(index, page), lambda deadline: search(index, page, deadline))
