"""How serving an index grows with its library."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from tests.bench.bars import Bar
from tests.bench.larger import Library
from tests.bench.served import Served


def measure(console: Console, libraries: Sequence[Library]) -> Iterator[Bar]:
    """Opens each library, and asks for the same kinds of answers."""
    by_size = {library.books: Served.measure(library.index) for library in libraries}
    columns = ("books", "open, s", "memory, MiB", "answer", "p50, ms", "p99, ms")
    table = Table(*columns, title="Serving: answers in process, with their JSON (processor time)")
    for books, figures in by_size.items():
        for shape, times in figures.latency.items():
            row = (
                f"{books:,}",
                f"{figures.open:.2f}",
                f"{figures.memory:.0f}",
                shape,
                f"{times.p50:.2f}",
                f"{times.p99:.2f}",
            )
            table.add_row(*row)
    console.print(table)
    few, many = by_size[min(by_size)], by_size[max(by_size)]
    name = f"library of {max(by_size):,} books"
    yield Bar(f"{name}: seconds to open", many.open, most=2)
    yield Bar(f"{name}: MiB of memory that is no mapped file", many.memory, most=250)
    tail = many.latency["plain"].p99 / few.latency["plain"].p99
    yield Bar(f"library: p99 of plain answers with {max(by_size):,} books ÷ with {min(by_size)}", tail, most=20)
