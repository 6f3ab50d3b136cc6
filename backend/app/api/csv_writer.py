"""Tables as files for spreadsheets and programs: CSV and TSV, made part by part. Each route names its own columns."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from app.api.download import File, Parts
from app.errors import RequestError
from app.words import words

Cell = str | int | float | None

# Spreadsheets take a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# How many lines make a part.
_PART = 200
# The most characters of a file name.
_NAME = 60


class Format(StrEnum):
    """CSV is for spreadsheets: cells that they would take for a formula get an apostrophe in front. TSV is for
    programs: cells stay as they are. In both, cells with a quotation mark are quoted (RFC 4180)."""

    JSON = "json"
    CSV = "csv"
    TSV = "tsv"

    @property
    def media_type(self) -> str:
        return "text/tab-separated-values" if self is Format.TSV else "text/csv"


FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {kind.media_type: {"schema": {"type": "string"}} for kind in Format if kind is not Format.JSON},
    }
}
"""What OpenAPI shows of a route that can also answer with a file."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table and its name. `cut` says why rows are missing, if any are."""

    name: str
    columns: Sequence[str]
    rows: Iterator[Sequence[Cell]]
    cut: str | None = None


def table_file(table: Table, kind: Format) -> File:
    """The parts of the file. If rows are missing, a comment at its end says why."""
    return File(f"{table.name}.{kind}", f"{kind.media_type}; charset=utf-8", _parts(table, kind))


def file_name(*parts: str) -> str:
    """A file name of the words of these parts, which every system accepts."""
    return "-".join(word for part in parts for word in words(part))[:_NAME]


def _parts(table: Table, kind: Format) -> Parts:
    written = 0
    try:
        # The byte order mark tells spreadsheets that the file is UTF-8; programs would take it for a part of the first
        # name.
        yield ("\ufeff" if kind is Format.CSV else "") + _text([table.columns], kind)
        while part := list(islice(table.rows, _PART)):
            yield _text(part, kind)
            written += len(part)
        if table.cut:
            yield _cut(written, table.cut, kind)
    except RequestError as error:
        yield _cut(written, error.detail, kind)


def _cut(written: int, why: str, kind: Format) -> str:
    # It has no separator and no quotation mark, so that the line begins with #.
    return _text([[f"# Cut after {written} lines: {why}"]], kind)


def _text(rows: Iterable[Sequence[Cell]], kind: Format) -> str:
    file = io.StringIO()
    if kind is Format.CSV:
        csv.writer(file).writerows(map(_safe, row) for row in rows)
    else:
        csv.writer(file, csv.excel_tab, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
