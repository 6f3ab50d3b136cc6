"""Measure libraries of 18, 180 and 1,800 books: python -m tests.bench.library [TIMES ...]"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from tests.bench import larger, library_build, library_serve
from tests.bench.bars import Bar
from tests.servers import ServerError

_TIMES = (1, 10, 100)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.library", description="Measure larger libraries.")
    parser.add_argument("times", nargs="*", type=int, default=_TIMES, help="sizes, in times the corpus; bars need two")
    console = Console(highlight=False, width=150)
    try:
        measured = _bars(console, sorted(parser.parse_args().times))
    except ServerError as error:
        console.print(f"error: {error}", markup=False, soft_wrap=True)
        return 2
    console.print("\nBars (make bench ARGS=library)")
    for bar in measured:
        console.print(str(bar))
    return 0 if all(bar.passed for bar in measured) else 1


def _bars(console: Console, sizes: list[int]) -> list[Bar]:
    with TemporaryDirectory(prefix="gutenberg-library-") as directory:
        libraries = [larger.write(Path(directory), times) for times in sizes]
        # In this order: the first leaves the indexes that the second serves.
        return [*library_build.measure(console, libraries), *library_serve.measure(console, libraries)]


if __name__ == "__main__":
    sys.exit(main())
