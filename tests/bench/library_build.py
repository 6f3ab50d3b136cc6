"""How building an index grows with its library."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from app.index import manifest
from tests.bench.bars import Bar, linear
from tests.bench.larger import Library
from tests.bench.processes import timed


def measure(console: Console, libraries: Sequence[Library]) -> Iterator[Bar]:
    """Build the index of each with the command that builds the image's."""
    table = Table("books", "text, MB", "build, s", "MB/s", "index, MiB", title="Building")
    seconds = {library.books: _build(library) for library in libraries}
    for library in libraries:
        megabytes = manifest.read(library.index).characters / 1e6
        size = sum(path.stat().st_size for path in library.index.rglob("*") if path.is_file()) / 2**20
        took = seconds[library.books]
        table.add_row(
            f"{library.books:,}", f"{megabytes:,.1f}", f"{took:,.1f}", f"{megabytes / took:.2f}", f"{size:,.0f}"
        )
    console.print(table)
    yield linear("library: seconds per book to build", seconds)


def _build(library: Library) -> float:
    source = ("--corpus", str(library.folder), "--index", str(library.index))
    return timed("-m", "tests.bench.as_shipped", "app.index", "build", *source)
