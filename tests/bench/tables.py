"""The figures as tables."""

from collections.abc import Callable, Sequence
from statistics import median

from rich.table import Table

from tests.bench.compared import Row
from tests.bench.figures import Figures
from tests.bench.load import Load
from tests.bench.queries import SHAPES
from tests.bench.throughput import Rounds

_FIGURES: dict[str, Callable[[Load], float]] = {
    "requests per second": lambda load: load.rate,
    "median, ms": lambda load: load.p50,
    "p99, ms": lambda load: load.p99,
    "processor, ms per request": lambda load: load.processor,
}


def throughput(figures: Figures) -> Table:
    columns = ("answer", "bytes", "", "/search", "constant", "ratio", "ratios of the rounds")
    table = Table(*columns, title="Throughput: 1,000 queries, wrk with 16 connections, medians of the rounds")
    for shape, rounds in figures.throughput.items():
        for name, figure in _FIGURES.items():
            table.add_row(shape, f"{rounds.size:,}", name, *_medians(rounds, figure))
    return table


def _medians(rounds: Rounds, figure: Callable[[Load], float]) -> Sequence[str]:
    each = [figure(a) / figure(b) for a, b in zip(rounds.search, rounds.constant, strict=True)]
    search, constant = (median(map(figure, loads)) for loads in (rounds.search, rounds.constant))
    return f"{search:,.2f}", f"{constant:,.2f}", f"{rounds.ratio(figure):.2f}", " ".join(f"{r:.2f}" for r in each)


def latency(figures: Figures) -> Table:
    table = Table("answer", "p50, ms", "p99, ms", "mean, ms", title="Query in process, with its JSON (processor time)")
    for shape, measured in figures.latency.items():
        table.add_row(shape, f"{measured.p50:.2f}", f"{measured.p99:.2f}", f"{measured.mean:.2f}")
    return table


def index(figures: Figures) -> Table:
    built, manifest = figures.built, figures.built.manifest
    table = Table("", "", title="Index and process", show_header=False)
    table.add_row(
        "corpus", f"{manifest.books} books, {manifest.passages:,} passages, {manifest.characters / 1e6:.1f} MB"
    )
    table.add_row("build command", f"{built.seconds:.1f} s (start {built.start:.1f} s), {built.rate:.1f} MB/s")
    table.add_row("tantivy alone", f"{built.alone:.1f} s for the same documents")
    table.add_row("size", f"{built.size / 2**20:.1f} MiB, {built.growth:.2f} × the text")
    table.add_row("start to ready", f"{figures.start:.2f} s")
    table.add_row(f"resident after {figures.queries:,} queries", f"{figures.resident:.0f} MiB")
    return table


def compared(rows: Sequence[Row]) -> Table:
    answers = [f"{shape} {figure}" for shape in SHAPES for figure in ("p50, ms", "p99, ms", "/s")]
    columns = ("engine", *answers, "MiB", "build, processor s", "index MiB", "@1 book", "@1 passage", "@10")
    table = Table(*columns, title="Beside other engines: in process, on one core; success on the relevance queries")
    for row in rows:
        shapes = [row.latency[shape] for shape in SHAPES]
        times = (text for one in shapes for text in (f"{one.p50:.2f}", f"{one.p99:.2f}", f"{1000 / one.mean:,.0f}"))
        costs = (f"{row.resident:.0f}", f"{row.seconds:.1f}", f"{row.size / 2**20:.1f}")
        scores = (f"{value:.2f}" if value else "–" for value in (row.scores.book, row.scores.passage, row.scores.ten))
        table.add_row(row.name, *times, *costs, *scores)
    return table
