"""Time for a query without a network: parsed, searched, and written as JSON."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import orjson

from app.index.reader import IndexReader
from app.search.query import parse
from app.search.request import Deadline
from app.search.request.book_filters import filters
from app.search.results import Group, SearchRequest, search
from tests.bench.queries import SHAPES, Asked
from tests.bench.timing import Latency, measure


def latency(index_dir: Path, asked: Sequence[Asked]) -> dict[str, Latency]:
    """The latency by shape of answer."""
    with closing(IndexReader.open(index_dir)) as index:
        return {shape: measure(_answer(index, shape), asked) for shape in SHAPES}


def _answer(index: IndexReader, shape: str) -> Callable[[Asked], bytes]:
    plain = shape == "plain"

    def answer(asked: Asked) -> bytes:
        books, authors = ([value] if value else [] for value in (asked.book, asked.author))
        chosen = filters(index.books, books, authors)
        group = Group.NONE if plain else Group.BOOK
        request = SearchRequest(parse(asked.q), chosen, group=group, facets=not plain)
        return orjson.dumps(search(index, request, Deadline(60)))

    return answer
