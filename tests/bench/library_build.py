"""How building an index grows with its library: python -m tests.bench.library_build [TIMES ...]"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from app.index import manifest
from tests.bench import larger
from tests.bench.bars import Bar, linear
from tests.bench.larger import Library
from tests.bench.process_tree import Taken, taken
from tests.bench.processes import size

_TIMES = (1, 10)


@dataclass(frozen=True, slots=True)
class _Built:
    """What the build took, and the next one with a new book; sizes of text and index in MB."""

    first: Taken
    again: Taken
    text: float
    index: float

    @property
    def rate(self) -> float:
        """MB of text per second."""
        return self.text / self.first.clock


def measure(console: Console, libraries: Sequence[Library]) -> Iterator[Bar]:
    """Build the index of each with the command that builds the image's, then once more with a book that is new."""
    built = {library.books: _build(library) for library in libraries}
    columns = ("books", "text, MB", "build, s", "processor, s", "MB/s", "memory, MiB", "index, MB", "1 new book, s")
    table = Table(*columns, title="Building")
    for books, build in built.items():
        first = build.first
        times = (f"{first.clock:,.1f}", f"{first.processor:,.1f}", f"{build.rate:.2f}", f"{first.memory:,.0f}")
        table.add_row(f"{books:,}", f"{build.text:,.1f}", *times, f"{build.index:,.0f}", f"{build.again.clock:,.1f}")
    console.print(table)
    most = max(built)
    name = f"library of {most:,} books"
    yield Bar(f"{name}: MB of text built per second", built[most].rate, least=5)
    yield Bar(f"{name}: MiB of memory to build", built[most].first.memory, most=1024)
    yield Bar(f"{name}: seconds to build with one new book", built[most].again.clock, most=10)
    yield linear("library: seconds per book to build", {books: one.first.clock for books, one in built.items()})


def _build(library: Library) -> _Built:
    source = ("--corpus", str(library.folder), "--index", str(library.index))
    command = ("-m", "tests.bench.as_shipped", "app.index", "build", *source)
    first = taken(*command)
    text = manifest.read(library.index).characters / 1e6
    index = size(library.index) / 1e6
    larger.add_book(library)
    return _Built(first, taken(*command), text, index)


def main() -> int:
    console = Console(highlight=False, width=150)
    times = [int(argument) for argument in sys.argv[1:]] or _TIMES
    with TemporaryDirectory(prefix="gutenberg-library-") as directory:
        measured = list(measure(console, [larger.write(Path(directory), time) for time in times]))
    for bar in measured:
        console.print(str(bar))
    return 0 if all(bar.passed for bar in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
