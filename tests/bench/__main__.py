"""Measure the application: python -m tests.bench [quick]"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from app.corpus.shelf import load_shelf
from tests.bench import compared, tables
from tests.bench.bars import bars
from tests.bench.figures import Effort, Figures, build, measure, questions
from tests.servers import ServerError

_WHOLE = Effort(rounds=10, seconds=2, starts=5, queries=10_000)
_QUICK = Effort(rounds=4, seconds=2, starts=3, queries=10_000)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the application.")
    parser.add_argument("extent", nargs="?", choices=["quick"], help="only the figures that have a bar, in a minute")
    quick = parser.parse_args().extent == "quick"
    console = Console(highlight=False, width=150)
    try:
        with TemporaryDirectory(prefix="gutenberg-bench-") as directory:
            return _bench(console, Path(directory), quick)
    except ServerError as error:
        console.print(f"error: {error}", markup=False, soft_wrap=True)
        return 2


def _bench(console: Console, directory: Path, quick: bool) -> int:
    figures = _of_the_books(console, directory / "index", quick)
    console.print("\nBars (make bench)")
    for bar in (measured := list(bars(figures))):
        console.print(str(bar))
    return 0 if all(bar.passed for bar in measured) else 1


def _of_the_books(console: Console, index: Path, quick: bool) -> Figures:
    built = build(index)
    asked = questions(index)
    figures = measure(index, built, asked, _QUICK if quick else _WHOLE)
    _show(console, figures)
    if not quick:
        rows = [compared.this_application(index, figures), *compared.others(load_shelf(), asked)]
        console.print(tables.compared(rows))
    return figures


def _show(console: Console, figures: Figures) -> None:
    for table in (tables.index(figures), tables.throughput(figures), tables.latency(figures)):
        console.print(table)


if __name__ == "__main__":
    sys.exit(main())
