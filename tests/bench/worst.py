"""Look for the costliest request of each route within all limits: python -m tests.bench.worst [INDEX]

The costliest of some queries is changed term by term, in the same way each time; a change that costs more stays, until
the time for the route is over: some four minutes for all of them. A cost is processor time in references
(tests.processor), so that it means the same on a busy machine. The bar is 0.2 seconds of a core on which a reference
takes 0.125.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from heapq import nlargest
from operator import itemgetter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple

from fastapi.testclient import TestClient

from app.api.app import create_app
from app.corpus.shelf import load_shelf
from app.index.build import build
from app.index.reader import IndexReader
from app.settings import Settings
from tests.bench.bars import Bar
from tests.bench.costly import Shape, Terms, file, shapes
from tests.processor import QUIET_SECONDS, in_references

_SECONDS = 0.2
# Of the clock, to look for the costliest request of one route.
_LOOKING = 15
# While looking, each is measured once; at last so many are, so often.
_AGAIN = 3
_SURE = 5


class Costly(NamedTuple):
    """A cost, the request that has it, and how many were tried."""

    cost: float
    request: str
    tried: int


def worst(index: IndexReader) -> tuple[dict[str, Costly], float]:
    """By the name of each shape its costliest request; and the cost of the whole of a file."""
    terms = Terms(index)
    with TestClient(create_app(Settings(query_seconds=600), index)) as client:
        costliest = {shape.name: _worst(index, shape, terms) for shape in shapes(index, client)}
    return costliest, in_references(index, lambda: list(file(index, terms.words[0])), _SURE)


def _worst(index: IndexReader, shape: Shape, terms: Terms) -> Costly:
    random, known = Random(shape.name), terms.all()

    def cost(query: Sequence[str], times: int = 1) -> float:
        asked = shape.asked(query)
        return in_references(index, lambda: shape.ask(asked), times)

    end = monotonic() + _LOOKING
    queries = terms.queries()
    tried: list[tuple[float, Sequence[str]]] = []
    while not tried or monotonic() < end:
        query = next(queries, None) or _changed(max(tried, key=itemgetter(0))[1], known, random)
        tried.append((cost(query), query))
    # Seen once, the costliest may be one that others were in the way of.
    likeliest = nlargest(_AGAIN, tried, key=itemgetter(0))
    return max(Costly(cost(query, _SURE), shape.asked(query), len(tried)) for _, query in likeliest)


def _changed(query: Sequence[str], known: Sequence[str], random: Random) -> list[str]:
    """With another term in one place, or with one more, or with one less."""
    place, new = random.randrange(len(query)), random.choice(known)
    changes = [[*query[:place], new, *query[place + 1 :]], [*query, new], [*query[:place], *query[place + 1 :]]]
    return random.choice([change for change in changes if change])


def bars(by_shape: Mapping[str, Costly]) -> Iterator[Bar]:
    for name, costliest in by_shape.items():
        yield Bar(f"costliest of {costliest.tried} {name}, references", costliest.cost, most=_SECONDS / QUIET_SECONDS)


@contextmanager
def _opened(arguments: Sequence[str]) -> Iterator[IndexReader]:
    with TemporaryDirectory(prefix="gutenberg-bench-") as folder:
        directory = Path(arguments[0]) if arguments else Path(folder) / "index"
        if not arguments:
            build(load_shelf(), directory, lambda step, done: None)
        with closing(IndexReader.open(directory)) as index:
            yield index


def main() -> int:
    with _opened(sys.argv[1:]) as index:
        slowest, whole = worst(index)
    for costliest in sorted(slowest.values(), reverse=True):
        print(f"{costliest.cost:6.2f}  {costliest.request}")
    print(f"{whole:6.2f}  the whole of the longest file, in parts")
    for bar in (reached := list(bars(slowest))):
        print(bar)
    return 0 if all(bar.passed for bar in reached) else 1


if __name__ == "__main__":
    sys.exit(main())
