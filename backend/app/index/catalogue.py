"""Writes a catalog.toml to edit, with what is known of the books in a folder that has none."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from app.corpus.book import read_book
from app.corpus.catalog_file import NAME
from app.corpus.errors import CorpusError, Rejected, Rejection
from app.corpus.model import Book, Origin
from app.corpus.own_books.language import UNKNOWN
from app.corpus.shelf import load_shelf
from app.corpus.time_limit import limited
from app.corpus.unread import Unread
from app.index.build import worthwhile
from app.index.cores import cores
from app.index.report import Report, require_some

_HEAD = """\
# What is known of the books in this folder. Correct what is wrong, complete what is missing, and build the index again.
# Any line may go: then the book's file says it, or its text is looked at. form is prose, verse, play or scripture;
# early_modern = true is for English spelling of about 1600.
"""


def write(folder: Path, progress: Callable[[float], None]) -> tuple[Path, Report]:
    """Writes the folder's catalog.toml, and reports what became of its files.

    Raises CorpusError when there already is one, when there is no book, and when it may not be written.
    """
    path = folder / NAME
    if path.exists():
        raise _there(path)
    report = _survey(folder, progress)
    require_some(report)
    try:
        _create(path, "\n".join(_lines(report)))
    except FileExistsError as error:
        raise _there(path) from error
    except OSError as error:
        raise CorpusError(
            f"{path} cannot be written: {error.strerror}. Give yourself permission to write there."
        ) from error
    return path, report


def _there(path: Path) -> CorpusError:
    return CorpusError(f"{path} is there already, so it is not written anew. Edit it, or move it away first.")


def _survey(folder: Path, progress: Callable[[float], None]) -> Report:
    shelf = load_shelf(folder)
    by_position: dict[int, tuple[Book, Origin | None] | Rejection] = {}
    with cores(worthwhile(shelf.sources)) as many:
        for position, outcome in many.each([partial(_described, source) for source in shelf.sources]):
            by_position[position] = outcome
            progress(len(by_position) / len(shelf.sources))
    outcomes = [by_position[position] for position in sorted(by_position)]
    rejected = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
    return Report(
        [outcome for outcome in outcomes if not isinstance(outcome, Rejection)],
        [*shelf.rejected, *rejected],
        shelf.others,
    )


def _described(unread: Unread) -> tuple[Book, Origin | None] | Rejection:
    try:
        with limited(unread):
            source, entry = unread.read()
            return read_book(source, entry)[0], source.origin
    except Rejected as error:
        return error.rejection


def _lines(report: Report) -> Iterator[str]:
    yield _HEAD
    for book, origin in report.books:
        yield from _table(book, origin)
    yield from (f"# Left out: {rejection}" for rejection in report.rejected)
    yield ""


def _table(book: Book, origin: Origin | None) -> Iterator[str]:
    """The lines of a book. What is not known becomes a comment to fill in."""
    if origin:
        yield f"# {origin.file}"
        yield from [f"# It {origin.doubt}"] if origin.doubt else []
    yield f"[books.{_key(book.id)}]"
    language = None if book.language == UNKNOWN else book.language
    known: dict[str, str | int | None] = {
        "title": book.title,
        "author": book.author,
        "year": book.year,
        "language": language,
        "form": book.form,
    }
    examples: dict[str, str | int] = {"author": "…", "year": 1901, "language": "en"}
    for name, value in known.items():
        yield f"{name} = {_value(value)}" if value is not None else f"# {name} = {_value(examples[name])}"
    if book.gutenberg:
        yield f"gutenberg = {book.gutenberg}"
    if book.early_modern:
        yield "early_modern = true"
    if origin and origin.doubt:
        yield f"# encoding = {_value(origin.encoding)}"
    yield ""


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").replace("-", "").isalnum() else _value(name)


def _value(value: str | int) -> str:
    """A value as TOML writes it; its strings may be written like JSON's."""
    return json.dumps(value, ensure_ascii=False)


def _create(path: Path, content: str) -> None:
    """Writes a new file, completely or not at all. Raises FileExistsError rather than overwrite one."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=".", delete=False
    ) as file:
        file.write(content)
    written = Path(file.name)
    try:
        written.chmod(0o644)
        os.link(written, path)
    finally:
        written.unlink()
