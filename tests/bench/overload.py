"""Measure both containers under more load than they can bear: python -m tests.bench.overload"""

import subprocess
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from tests.bench.bars import Bar
from tests.containers.conftest import build_images
from tests.containers.manifest import MIB
from tests.containers.overload import COSTLY, Level, Service, greedy, service

SECONDS = 15
TIMES = (1, 2, 4)


def main() -> int:
    console = Console(highlight=False, width=150)
    if subprocess.run(["docker", "info"], capture_output=True).returncode != 0:
        console.print("error: no Docker engine answers, and this measures containers: start it")
        return 2
    build_images()
    with service() as running:
        capacity = running.capacity(SECONDS)
        levels = {f"{times} × capacity": measure(running, capacity * times) for times in TIMES}
        levels |= {f"greedy: {path}": measure(running, capacity / 4, path) for path in COSTLY[:2]}
        memory = running.backend.peak_memory() / MIB
    console.print(table(capacity, levels))
    for bar in (measured := list(bars(levels, memory))):
        console.print(str(bar))
    return 0 if all(bar.passed for bar in measured) else 1


def measure(running: Service, rate: float, path: str = "") -> Level:
    """The usual mix at this rate; with a path, cheap requests at this rate and one client that asks for the path."""
    return running.under(rate, SECONDS, *([(greedy(path), 8.0)] if path else []))


def bars(levels: dict[str, Level], memory: float) -> Iterator[Bar]:
    usual = [levels[f"{times} × capacity"] for times in TIMES]
    peak = max(level.goodput for level in usual)
    failed = [line for level in levels.values() for line in level.failed_probes]
    yield Bar("overload: answered well at 4 × capacity ÷ at most", usual[-1].goodput / peak, least=0.8)
    yield Bar("overload: probes that fail", len(failed), most=0)
    yield Bar("overload: p99 of cheap answers, seconds", max(level.p99 for level in levels.values()), most=1)
    yield Bar("overload: cheap requests answered beside a greedy client", _least(levels), least=0.99)
    yield Bar("overload: seconds to recover", max(level.recovered for level in levels.values()), most=2)
    yield Bar("overload: most memory of the backend, MiB", memory, most=200)


def _least(levels: dict[str, Level]) -> float:
    return min(level.share(costly=False) for name, level in levels.items() if name.startswith("greedy"))


def table(capacity: float, levels: dict[str, Level]) -> Table:
    columns = ("load", "offered/s", "answered well/s", "p99 cheap, s", "cheap", "costly", "statuses", "failed probes")
    rows = Table(
        *columns, title=f"Overload: under the limits of the manifests, {capacity:.0f} requests/s at 16 at a time"
    )
    for name, level in levels.items():
        rates = (f"{level.offered:.0f}", f"{level.goodput:.1f}", f"{level.p99:.2f}")
        shares = (f"{level.share(costly=costly):.0%}" for costly in (False, True))
        statuses = " ".join(f"{status}:{count}" for status, count in sorted(level.statuses.items()))
        rows.add_row(name, *rates, *shares, statuses, str(len(level.failed_probes)))
    return rows


if __name__ == "__main__":
    sys.exit(main())
