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

# A spreadsheet takes a cell of a CSV file that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Lines that are made at a time.
_PART = 200
# Characters of a name.
_NAME = 60


class Format(StrEnum):
    """CSV is for spreadsheets: a cell that they would take for a formula has an apostrophe in front. TSV is for
    programs: every cell is what it is. In both, cells that hold a quotation mark are quoted (RFC 4180)."""

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
"""How OpenAPI shows a route that also gives files."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table and what it is called. `cut` says why it does not hold all there is, if it does not."""

    name: str
    columns: Sequence[str]
    rows: Iterator[Sequence[Cell]]
    cut: str | None = None


def table_file(table: Table, kind: Format) -> File:
    """All rows. A file that does not hold all there is says so in a comment at its end."""
    return File(f"{table.name}.{kind}", f"{kind.media_type}; charset=utf-8", _parts(table, kind))


def file_name(*parts: str) -> str:
    """A name that every system takes, of the words of these parts."""
    return "-".join(word for part in parts for word in words(part))[:_NAME]


def _parts(table: Table, kind: Format) -> Parts:
    written = 0
    try:
        # The byte order mark tells spreadsheets that it is UTF-8; a program would take it for a part of the first name.
        yield ("\ufeff" if kind is Format.CSV else "") + _text([table.columns], kind)
        while part := list(islice(table.rows, _PART)):
            yield _text(part, kind)
            written += len(part)
        if table.cut:
            yield _cut(written, table.cut, kind)
    except RequestError as error:
        yield _cut(written, error.detail, kind)


def _cut(written: int, why: str, kind: Format) -> str:
    # Without a separator and quotation marks: then nothing stands before the #.
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
