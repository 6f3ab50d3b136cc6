"""The command that builds the index and fetches its corpus."""

import argparse
import gc
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from app.corpus import nltk_corpus
from app.corpus.errors import CorpusError
from app.corpus.model import REAL_BOOKS_COMMAND, ShelfKind
from app.corpus.own_books.files import KINDS
from app.corpus.shelf import Shelf, load_shelf
from app.index import catalogue, cores, manifest
from app.index.build import build
from app.index.errors import IndexRefused, ProcessLost, TargetRefused
from app.index.report import Report, require_certain, require_some
from app.settings import Settings, load

_console = Console(stderr=True, highlight=False)


def main() -> int:
    settings = load()
    options = _parser(settings).parse_args()
    try:
        if options.command == "fetch":
            return _fetch(options.target)
        if options.command == "catalog":
            return _catalog(options.target)
        return _build(options, settings.download_dir)
    except (CorpusError, TargetRefused, ProcessLost) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{options.target} cannot be written: {error}")
    except KeyboardInterrupt:
        _console.print("Stopped. The index that was there before is untouched.")
        return 130


def _fail(message: str) -> int:
    _console.print(f"error: {message}", style="red", markup=False, soft_wrap=True)
    return 1


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app.index", description="Build the search index.")
    commands = parser.add_subparsers(required=True, dest="command", metavar="build|catalog|fetch")
    build_ = commands.add_parser("build", help="read the corpus and write the index")
    build_.add_argument(
        "--corpus", type=Path, default=settings.corpus_dir, help=f"a folder of {KINDS} files; otherwise NLTK's books"
    )
    build_.add_argument(
        "--index",
        type=Path,
        default=settings.index_dir,
        dest="target",
        help="the folder to write it to",
        metavar="INDEX",
    )
    build_.add_argument("--if-needed", action="store_true", help="do nothing when the index already matches the corpus")
    build_.add_argument(
        "--strict", action="store_true", help="refuse a folder if a file in it cannot be read with certainty"
    )
    catalog = commands.add_parser(
        "catalog", help="write a catalog.toml for you to edit, with the titles and authors that the files name"
    )
    catalog.add_argument("target", type=Path, metavar="DIR", help="the folder of books")
    fetch = commands.add_parser("fetch", help="fetch NLTK's Gutenberg corpus and check it")
    fetch.add_argument(
        "target",
        type=Path,
        metavar="DIR",
        help="the directory of NLTK's data; the corpus becomes DIR/corpora/gutenberg.zip",
    )
    return parser


def _fetch(target: Path) -> int:
    if failure := nltk_corpus.fetch(target):
        return _fail(f"NLTK's Gutenberg corpus could not be fetched to {target}: {failure}")
    _console.print(f"NLTK's Gutenberg corpus is in {target}.", soft_wrap=True)
    return 0


def _catalog(folder: Path) -> int:
    with _progress() as progress:
        step = progress.add_task("catalog", total=1.0)
        path, report = catalogue.write(folder, lambda done: progress.update(step, completed=done))
    _show(report)
    _console.print(f"{path} is written: edit it, and build the index.", markup=False, soft_wrap=True)
    return 0


def _show(report: Report) -> None:
    for line in report.lines():
        _console.print(line, markup=False, soft_wrap=True)


def _build(options: argparse.Namespace, download_dir: Path) -> int:
    target: Path = options.target
    reports: list[Report] = []

    def accept(report: Report) -> None:
        reports.append(report)
        (require_certain if options.strict else require_some)(report)

    started = time.monotonic()
    # Everything that is made here is kept to the end; looking for garbage would take a tenth of the time.
    gc.disable()
    with _progress() as progress:
        step = progress.add_task("corpus", total=1.0)

        def show(name: str, done: float) -> None:
            progress.update(step, description=name, completed=done)

        if not manifest.is_index(target):  # so one will be built
            cores.expect()
        shelf = load_shelf(options.corpus, download_dir, lambda done, total: show("corpus", done / total))
        if shelf.notice:
            _console.print(f"{shelf.notice} With a network, {REAL_BOOKS_COMMAND} gets the real books.", soft_wrap=True)
        if options.if_needed and _matches(shelf, target):
            progress.update(step, description="unchanged", completed=1.0)
            _console.print(
                f"The index in {target} matches the corpus ({_shelf_line(shelf.kind, manifest.read(target).books)}).",
                soft_wrap=True,
            )
            return 0
        written = build(shelf, target, show, accept)
        progress.update(step, description="done", completed=1.0)
    if shelf.kind is ShelfKind.OWN:
        _show(reports[0])
    seconds = time.monotonic() - started
    _console.print(
        f"Indexed {_shelf_line(shelf.kind, written.books)}: {_counted(written.words, 'word')} in "
        f"{_counted(written.passages, 'passage')}, "
        f"{written.characters / 1e6 / seconds:.1f} MB/s, in {seconds:.1f} s, to {target}",
        soft_wrap=True,
    )
    return 0


def _progress() -> Progress:
    columns = (TextColumn("{task.description:<10}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=_console, transient=True)


def _matches(shelf: Shelf, target: Path) -> bool:
    try:
        built = manifest.read(target)
        manifest.verify(target)
    except IndexRefused:
        return False
    return (built.corpus, built.shelf, built.recipe) == (shelf.digest, shelf.kind, manifest.recipe())


def _shelf_line(kind: ShelfKind, count: int) -> str:
    books = _counted(count, "book")
    names = {
        ShelfKind.NLTK: f"{books} of NLTK's Gutenberg corpus",
        ShelfKind.OWN: f"{books} of your own",
        ShelfKind.SAMPLE: f"the sample shelf of {count} short texts",
    }
    return names[kind]


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
