"""The figures that have a bar, and whether they reach it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from tests.bench.figures import Figures
from tests.bench.timing import Spent

_RATES = {"plain": 0.35, "full": 0.20}
_MS_PER_OVERLAY = 10
MOST_MEMORY = 100
"""MiB of the backend at work; the rules of the manifests ask for as much."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure with the least or the most that it may be."""

    name: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def passed(self) -> bool:
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    def __str__(self) -> str:
        limit = f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"
        return f"{'PASS' if self.passed else 'FAIL'}  {self.name}: {self.value:.2f} ({limit})"


def bars(figures: Figures) -> Iterator[Bar]:
    for shape, least in _RATES.items():
        rounds = figures.throughput[shape]
        yield Bar(f"{shape}: requests per second ÷ the constant route's", rounds.ratio(lambda a: a.rate), least=least)
    plain, full = figures.throughput["plain"], figures.throughput["full"]
    yield Bar("plain: p99 ÷ the constant route's", plain.ratio(lambda a: a.p99), most=4)
    yield Bar("full: p99 ÷ their own median", median(one.p99 / one.p50 for one in full.search), most=3)
    yield Bar(f"resident memory after {figures.queries:,} queries, MiB", figures.resident, most=MOST_MEMORY)
    yield Bar("start to ready, seconds", figures.start, most=1.0)
    yield Bar("index build: MB per second ÷ tantivy's alone", figures.built.ratio, least=0.5)
    yield Bar("index size ÷ text", figures.built.growth, most=2.2)


def per_overlay(name: str, spent: Mapping[int, Spent]) -> Iterator[Bar]:
    """The bars for the largest number of overlays: the time for each, and whether that is what each takes among
    fewer."""
    fewer, many = sorted(spent)[-2:]
    seconds = {count: spent[count].processor for count in (fewer, many)}
    each = 1000 * seconds[many] / many
    yield Bar(f"{name}: ms of processor time per overlay with {many}", each, most=_MS_PER_OVERLAY)
    yield linear(f"{name}: time per overlay", seconds)


def linear(name: str, seconds: Mapping[int, float]) -> Bar:
    """Whether time grows in proportion to the number of things; `seconds` are by that number."""
    few, many = min(seconds), max(seconds)
    return Bar(f"{name} with {many} ÷ with {few}", (seconds[many] / many) / (seconds[few] / few), most=1.3)
