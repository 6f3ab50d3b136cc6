"""How fast /search is beside a route of the same server that returns a constant body of the same size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

from tests.bench.load import Load, load
from tests.bench.processes import pinned
from tests.bench.queries import SHAPES, Asked
from tests.servers import Server


@dataclass(frozen=True, slots=True)
class Rounds:
    """The loads of /search and of the constant route, one of each a round; `size` is the mean answer in bytes."""

    size: int
    search: list[Load]
    constant: list[Load]

    def ratio(self, figure: Callable[[Load], float]) -> float:
        """The median over the rounds: what else runs on the machine then disturbs both sides of each ratio."""
        return median(figure(a) / figure(b) for a, b in zip(self.search, self.constant, strict=True))


def throughput(index: Path, asked: Sequence[Asked], rounds: int, seconds: int) -> dict[str, Rounds]:
    """The rounds for each shape of answer."""
    paths = {shape: [one.path(**parameters) for one in asked] for shape, parameters in SHAPES.items()}
    with pinned(index) as server:
        by_shape = {shape: Rounds(_mean_size(server, own), [], []) for shape, own in paths.items()}
    sizes = {str(rounds.size) for rounds in by_shape.values()}
    with pinned(index, "tests.bench.constant_server", *sizes) as server:
        for own in paths.values():
            load(server, own, seconds)
        for _ in range(rounds):
            for shape, own in paths.items():
                by_shape[shape].constant.append(load(server, [f"/constant/{by_shape[shape].size}"], seconds))
                by_shape[shape].search.append(load(server, own, seconds))
    return by_shape


def _mean_size(server: Server, paths: Sequence[str]) -> int:
    return round(fmean(len(server.get(path)) for path in paths))
