"""What serving an index takes, in a process of its own: python -m tests.bench.served INDEX

Prints JSON: seconds of the clock until the index is open, MiB of memory that is no mapped file after questions of every
shape, and how long each shape of answer takes.
"""

import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import orjson

import app.server  # noqa: F401  # the memory is that of all that is served
from app.index.reader import IndexReader
from tests.bench.latency import latency
from tests.bench.processes import memory, run
from tests.bench.queries import mix
from tests.bench.timing import Latency, spent


@dataclass(frozen=True, slots=True)
class Served:
    """`open` is in seconds, `memory` in MiB; `latency` is by shape of answer."""

    open: float
    memory: float
    latency: dict[str, Latency]

    @classmethod
    def measure(cls, index: Path) -> Self:
        """Measures an index in a process of its own. Raises ServerError."""
        figures = orjson.loads(run("-m", "tests.bench.as_shipped", "tests.bench.served", str(index)))
        return cls(
            figures["open"], figures["memory"], {shape: Latency(**one) for shape, one in figures["latency"].items()}
        )


def main() -> None:
    index_dir = Path(sys.argv[1])
    opened = spent(lambda: IndexReader.open(index_dir).close())
    with closing(IndexReader.open(index_dir)) as index:
        asked = mix(index)
    times = latency(index_dir, asked)
    print(orjson.dumps(asdict(Served(opened.clock, memory("self", "RssAnon"), times))).decode())


if __name__ == "__main__":
    main()
