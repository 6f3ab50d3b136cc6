"""Time for a query without a network: parsed, searched, and written as JSON."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, quantiles
from typing import TypeVar

from app.api.caching import json
from app.index.reader import IndexReader
from app.search.deadline import Deadline
from app.search.filters import filters
from app.search.query import parse
from app.search.request import Group, SearchRequest
from app.search.search import search
from tests.bench.queries import SHAPES, Asked

_PASSES = 3
One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles and mean in ms."""

    p50: float
    p99: float
    mean: float


def latency(index_dir: Path, asked: Sequence[Asked]) -> dict[str, Latency]:
    """By shape of answer."""
    with closing(IndexReader.open(index_dir)) as index:
        return {shape: measure(_answer(index, shape), asked) for shape in SHAPES}


def measure(answer: Callable[[One], object], asked: Iterable[One]) -> Latency:
    """The best of several passes for each query: the others were disturbed by what else the machine does."""
    times = [1000 * min(_seconds(answer, one) for _ in range(_PASSES)) for one in asked]
    cuts = quantiles(times, n=100)
    return Latency(cuts[49], cuts[98], fmean(times))


def _seconds(answer: Callable[[One], object], one: One) -> float:
    started = time.perf_counter()
    answer(one)
    return time.perf_counter() - started


def _answer(index: IndexReader, shape: str) -> Callable[[Asked], bytes]:
    plain = shape == "plain"

    def answer(asked: Asked) -> bytes:
        books, authors = ([value] if value else [] for value in (asked.book, asked.author))
        chosen = filters(index.books, books, authors)
        group = Group.NONE if plain else Group.BOOK
        request = SearchRequest(parse(asked.q), chosen, group=group, facets=not plain)
        return bytes(json(search(index, request, Deadline(60))).body)

    return answer
