"""The lines of a concordance as CSV."""

import csv
import io
from collections.abc import Iterable
from itertools import islice

from app.api.download import File, Parts
from app.errors import RequestError
from app.models import ConcordanceLine
from app.search.concordance import AllLines

_COLUMNS = ("book", "reference", "left", "match", "right")
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Lines that are made at a time.
_PART = 200


def spreadsheet(found: AllLines) -> File:
    """All lines. A file that does not hold all there are says so in its name, if that is known from the start, and in
    a comment at its end."""
    name = f"concordance-first-{found.total}-lines.csv" if found.truncated else "concordance.csv"
    return File(name, "text/csv; charset=utf-8", _parts(found))


def _parts(found: AllLines) -> Parts:
    written = 0
    try:
        # The byte order mark tells spreadsheets that it is UTF-8.
        yield "\ufeff" + _rows([_COLUMNS])
        while part := list(islice(found.lines, _PART)):
            yield _rows(map(_cells, part))
            written += len(part)
        if found.truncated:
            yield _cut(written, "there are more matches than are ever listed")
    except RequestError as error:
        yield _cut(written, error.detail)


def _cut(written: int, why: str) -> str:
    # Without commas and quotation marks: then nothing stands before the #.
    return _rows([[f"# Cut after {written} lines: {why}"]])


def _rows(rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


def _cells(line: ConcordanceLine) -> list[str]:
    return [_safe(getattr(line, column)) for column in _COLUMNS]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
