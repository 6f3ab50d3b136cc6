"""Results, for people or for programs."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size
from rich.console import Console

from gitops import printable
from gitops.git.change import Outcome, Result
from gitops.model import short

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# What is not a terminal has no width, so nothing is cut off for it.
console = Console(soft_wrap=True, highlight=False, markup=False, width=None if sys.stdout.isatty() else 400)
errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

_MOST_LINES = 100_000
_MOMENTS = {"committed": "age", "deployed": "age"}
_DAY = 24 * 3600


def show_outcome(outcome: Outcome, *, as_json: bool) -> None:
    """What each component got, and the commit; for a dry run, the diff that would be committed.

    Raises what was refused beside that.
    """
    _show(outcome, as_json=as_json)
    if outcome.edit.refused:
        raise outcome.edit.refused


def _show(outcome: Outcome, *, as_json: bool) -> None:
    changed = bool(outcome.diff or outcome.commit)
    if as_json:
        results = [asdict(result) for result in outcome.edit.report]
        _json({"changed": changed, "commit": outcome.commit, "diff": outcome.diff, "results": results})
        return
    for result in outcome.edit.report:
        console.print(_readable(_line(result)))
    if changed and outcome.commit is None:
        console.print(printable.lines(outcome.diff, _MOST_LINES))
    console.print(_conclusion(outcome))


def show_rows(rows: Sequence["DataclassInstance"], *, as_json: bool) -> None:
    """A table, in which commits are short."""
    values = [asdict(row) for row in rows]
    if as_json:
        _json(values)
        return
    columns = [name for name in (values[0] if values else {}) if _is_shown(name, values)]
    heads = [_MOMENTS.get(name, name).replace("_", " ").upper() for name in columns]
    cells = [[_cell(name, row[name]) for name in columns] for row in values]
    console.print(aligned([heads, *cells]) if rows else "Nothing was deployed yet.")


def aligned(rows: list[list[str]]) -> str:
    """Rows as text, each column as wide as its widest cell. rich's table, which also wraps, takes 2 ms a row."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(set_cell_size, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)


def show_error(text: str) -> None:
    errors.print(printable.lines(text))


def show_lines(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _conclusion(outcome: Outcome) -> str:
    if not (outcome.diff or outcome.commit):
        return "Nothing to do."
    return f"Pushed {short(outcome.commit)}." if outcome.commit else "This is what would be committed."


def _readable(text: str) -> str:
    """The text without control characters; as Markdown where a workflow prints it into its summary."""
    shown = printable.line(text)
    return printable.markdown(shown) if "GITHUB_STEP_SUMMARY" in os.environ else shown


def _line(result: Result) -> str:
    what = f"{result.overlay} {result.component or ''}".rstrip()
    commit = f" {short(result.commit)}" if result.commit else ""
    why = f" ({result.reason})" if result.reason else ""
    return f"- {what}: {result.action}{commit}{why}"


def _is_shown(column: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the table shows a column: images are too long, and without a cluster its column is empty."""
    return column != "image" and (column != "cluster" or any(row["cluster"] for row in rows))


def _cell(column: str, value: Any) -> str:
    if column in _MOMENTS:
        return _age(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and len(value) == 40:
        return short(value)
    return "" if value is None else _readable(str(value))


def _age(moment: datetime | None) -> str:
    """The time since a moment as kubectl writes it: in the largest unit that fits."""
    if moment is None:
        return ""
    seconds = int((datetime.now(UTC) - moment).total_seconds())
    for unit, length in (("d", _DAY), ("h", 3600), ("m", 60)):
        if seconds >= length:
            return f"{seconds // length}{unit}"
    return f"{max(0, seconds)}s"


def _json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, indent=2, default=datetime.isoformat) + "\n")
