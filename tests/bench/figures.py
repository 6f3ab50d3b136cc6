"""Everything that is measured of the application over one corpus."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from app.index import manifest
from app.index.manifest import Manifest
from app.index.reader import IndexReader
from tests.bench.latency import latency
from tests.bench.load import load
from tests.bench.processes import adopting, pinned, resident, run, size, timed
from tests.bench.queries import SHAPES, Asked, mix
from tests.bench.throughput import Rounds, throughput
from tests.bench.timing import Latency, spent

_AS_SHIPPED = "tests.bench.as_shipped"
_ALONE = "tests.bench.tantivy_alone"


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure: rounds of throughput and seconds of each load, starts, and queries before the memory is
    looked at."""

    rounds: int
    seconds: int
    starts: int
    queries: int


@dataclass(frozen=True, slots=True)
class Built:
    """An index: what it says of itself, its size in bytes, and the seconds of the whole command, by the clock and of
    the processor, of its start until it reads its arguments, and of tantivy alone with the same documents."""

    manifest: Manifest
    size: int
    seconds: float
    processor: float
    start: float
    alone: float

    @property
    def rate(self) -> float:
        """MB of text per second."""
        return self.manifest.characters / 1e6 / self.seconds

    @property
    def ratio(self) -> float:
        """Its rate in rates of tantivy alone, whose clock does not start with a process either."""
        return self.alone / (self.seconds - self.start)

    @property
    def growth(self) -> float:
        """Size of the index in sizes of the text."""
        return self.size / self.manifest.characters


@dataclass(frozen=True, slots=True)
class Figures:
    """`start` is in seconds, `resident` in MiB; `throughput` and `latency` are by shape of answer."""

    built: Built
    start: float
    resident: float
    queries: int
    throughput: dict[str, Rounds]
    latency: dict[str, Latency]


def build(index: Path) -> Built:
    """Build an index with the command that builds the image's."""
    start = timed("-m", _AS_SHIPPED, "app.index", "--help")
    took = spent(lambda: _command(index))
    alone = float(run("-m", _AS_SHIPPED, _ALONE))
    return Built(manifest.read(index), size(index), took.clock, took.processor, start, alone)


def _command(index: Path) -> None:
    with adopting():
        run("-m", _AS_SHIPPED, "app.index", "build", "--index", str(index))


def questions(index_dir: Path) -> list[Asked]:
    with closing(IndexReader.open(index_dir)) as index:
        return mix(index)


def measure(index: Path, built: Built, asked: list[Asked], effort: Effort) -> Figures:
    # The starts come first: in a new environment the first one compiles every module, which takes memory too.
    start = median(_start(index) for _ in range(effort.starts))
    memory, queries = _memory(index, asked, effort)
    return Figures(
        built=built,
        start=start,
        resident=memory,
        queries=queries,
        throughput=throughput(index, asked, effort.rounds, effort.seconds),
        latency=latency(index, asked),
    )


def _start(index: Path) -> float:
    with pinned(index) as server:
        return server.start


def _memory(index: Path, asked: list[Asked], effort: Effort) -> tuple[float, int]:
    """Resident memory after at least so many queries of every shape in turn, and how many they were."""
    paths = [one.path(**parameters) for one in asked for parameters in SHAPES.values()]
    answered = 0
    with pinned(index) as server:
        while answered < effort.queries:
            answered += load(server, paths, effort.seconds).requests
        return resident(server.pid), answered
