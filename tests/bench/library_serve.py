"""How serving an index grows with its library."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from tests.bench.bars import Bar
from tests.bench.figures import questions
from tests.bench.larger import Library
from tests.bench.latency import latency
from tests.bench.timing import Latency


def measure(console: Console, libraries: Sequence[Library]) -> Iterator[Bar]:
    """Ask each library for the same kinds of answers."""
    table = Table("books", "answer", "p50, ms", "p99, ms", title="Query in process, with its JSON (processor time)")
    found = {library.books: latency(library.index, questions(library.index)) for library in libraries}
    for books, shapes in found.items():
        for shape, times in shapes.items():
            table.add_row(f"{books:,}", shape, f"{times.p50:.2f}", f"{times.p99:.2f}")
    console.print(table)
    yield _tail("plain", found)


def _tail(shape: str, found: dict[int, dict[str, Latency]]) -> Bar:
    few, many = (found[books][shape].p99 for books in (min(found), max(found)))
    return Bar(f"library: p99 of {shape} answers with {max(found)} books ÷ with {min(found)}", many / few, most=20)
