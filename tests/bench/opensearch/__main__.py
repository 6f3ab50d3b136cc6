"""Measure OpenSearch beside this application, both as servers on the same core: python -m tests.bench.opensearch"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from app.corpus.shelf import load_shelf
from tests.bench.compared import books
from tests.bench.engines.documents import lines
from tests.bench.figures import questions
from tests.bench.load import Load, load
from tests.bench.opensearch import node, requests
from tests.bench.processes import pinned, processor_seconds, resident, run, size
from tests.bench.queries import SHAPES
from tests.bench.timing import spent
from tests.relevance.scoring import KnownItem, Result, Scores, ask, judge, known_items
from tests.servers import Server, ServerError

_ROUNDS, _SECONDS, _WARMING = 5, 4, 20


@dataclass(slots=True)
class Measured:
    """A server with its paths by shape of answer, the seconds of the processor and the bytes that its index
    took, and its loads, one a round."""

    name: str
    server: Server
    paths: dict[str, list[str]]
    seconds: float
    size: int
    scores: Scores
    loads: dict[str, list[Load]] = field(default_factory=lambda: {shape: [] for shape in SHAPES})


def main() -> int:
    console = Console(highlight=False, width=150)
    try:
        node.fetch()
        with TemporaryDirectory(prefix="gutenberg-opensearch-") as directory:
            console.print(_compared(Path(directory)))
    except ServerError as error:
        console.print(f"error: {error}", markup=False, soft_wrap=True)
        return 2
    return 0


def _compared(directory: Path) -> Table:
    index, home = directory / "index", directory / "opensearch"
    home.mkdir()
    command = ("-m", "tests.bench.as_shipped", "app.index", "build", "--index", str(index))
    seconds = spent(lambda: run(*command)).processor
    shelf, asked = load_shelf(), questions(index)
    documents = lines(shelf).splitlines()
    with pinned(index) as own, node.running(home) as other:
        ours = {shape: [query.path(**parameters) for query in asked] for shape, parameters in SHAPES.items()}
        theirs = {
            shape: [requests.path(query.q, books(shelf, query), facets=shape == "full") for query in asked]
            for shape in SHAPES
        }
        took = _build(other, documents)
        servers = [
            Measured("this application", own, ours, seconds, size(index), Scores.of(ask(own, known_items()))),
            Measured("OpenSearch", other, theirs, took, size(home / "data"), _scores(other)),
        ]
        _load(servers)
        return _table(servers)


def _build(server: Server, documents: Sequence[str]) -> float:
    used = processor_seconds(server.pid)
    node.send(server, "PUT", "/passages", json.dumps(requests.INDEX))
    for body in requests.bulk(documents):
        node.send(server, "POST", "/passages/_bulk", body)
    # One segment that is all on the disk, as this application's index is.
    node.send(server, "POST", "/passages/_forcemerge?max_num_segments=1&flush=true")
    node.send(server, "POST", "/passages/_refresh")
    return processor_seconds(server.pid) - used


def _scores(server: Server) -> Scores:
    return Scores.of([_judged(server, item) for item in known_items()])


def _judged(server: Server, item: KnownItem) -> Result:
    hits = json.loads(server.get(requests.path(item.q, [], facets=False)))["hits"]["hits"]
    sources = [hit["_source"] for hit in hits]
    return judge(item, [{**source, "reference": source["book"]} for source in sources])


def _load(servers: Sequence[Measured]) -> None:
    """One after another on the same core, in rounds; the first loads, which warm a virtual machine up, do not count."""
    for server in servers:
        for paths in server.paths.values():
            load(server.server, paths, _WARMING)
    for _ in range(_ROUNDS):
        for shape in SHAPES:
            for server in servers:
                server.loads[shape].append(load(server.server, server.paths[shape], _SECONDS))


def _table(servers: Sequence[Measured]) -> Table:
    answers = [f"{shape} {figure}" for shape in SHAPES for figure in ("/s", "p99, ms")]
    columns = ("server", *answers, "MiB", "build, processor s", "index MiB", "start, s", "@1 book", "@1 passage")
    table = Table(*columns, title="Beside OpenSearch: wrk with 16 connections, one core, medians of the rounds")
    for server in servers:
        loads = [server.loads[shape] for shape in SHAPES]
        figures = ((median(each.rate for each in of), median(each.p99 for each in of)) for of in loads)
        times = (text for rate, p99 in figures for text in (f"{rate:,.0f}", f"{p99:.1f}"))
        costs = (f"{resident(server.server.pid):,.0f}", f"{server.seconds:.1f}", f"{server.size / 2**20:.1f}")
        scores = (f"{server.server.start:.1f}", f"{server.scores.book:.2f}", f"{server.scores.passage:.2f}")
        table.add_row(server.name, *times, *costs, *scores)
    return table


if __name__ == "__main__":
    sys.exit(main())
