"""GET /compare, /collocates, /suggest: what can be asked of words."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import cached
from app.api.parameters import Authors, BookIds, Index, Text
from app.api.problems import RESPONSES
from app.models import Collocates, Comparison, Suggestions
from app.search import cost
from app.search.collocates import collocates
from app.search.compare import MAX_TERMS, compare, one_term
from app.search.filters import filters
from app.search.query import MAX_LENGTH, parse
from app.search.suggest import suggest

router = APIRouter(tags=["words"], responses=RESPONSES)

Terms = Annotated[
    list[str], Query(min_length=1, max_length=MAX_TERMS, description="repeat it: a word, a phrase or a prefix*")
]


@router.get("/compare", response_model=Comparison)
async def get_compare(request: Request, index: Index, term: Terms) -> Response:
    """How often each term occurs in each book, also per 10,000 words."""
    terms = [one_term(text) for text in term]
    return await cached(request, cost.of_counting(index, terms), lambda deadline: compare(index, term, deadline))


@router.get("/collocates", response_model=Collocates)
async def get_collocates(
    request: Request,
    index: Index,
    q: Text,
    book: BookIds = (),
    author: Authors = (),
    window: Annotated[int, Query(ge=1, le=10, description="words on either side")] = 5,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """Words that stand near the query more often than chance would have it."""
    query, chosen = parse(q), filters(index.books, book, author)
    return await cached(
        request,
        cost.of_reading(index, query),
        lambda deadline: collocates(index, query, chosen, window, limit, deadline),
    )


@router.get("/suggest", response_model=Suggestions)
async def get_suggest(
    request: Request,
    index: Index,
    q: Annotated[str, Query(max_length=MAX_LENGTH, description="what is typed so far")],
    limit: Annotated[int, Query(ge=1, le=20)] = 8,
) -> Response:
    """Ways to go on: places, books, and words with their frequency."""
    return await cached(
        request, cost.LEAST, lambda deadline: Suggestions(suggestions=suggest(index, q, limit, deadline))
    )
