"""GET /resolve: from a reference to its text."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import cached
from app.api.parameters import Index
from app.api.problems import RESPONSES
from app.models.places import Place
from app.search import cost
from app.search.places import place

router = APIRouter(tags=["books"], responses=RESPONSES)


@router.get("/resolve", response_model=Place)
async def get_resolve(
    request: Request,
    index: Index,
    ref: Annotated[str, Query(min_length=1, max_length=100, examples=["Hamlet 3.1", "Gen 1:1", "moby 42"])],
) -> Response:
    """The place in a book that a reference names, with the beginning of its text."""
    return await cached(request, cost.LEAST, lambda _: place(index, ref))
