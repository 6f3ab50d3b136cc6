"""A report for a person, a spreadsheet, a program, GitHub's summary of a run, or a browser."""

import csv
import json
from collections.abc import Callable
from enum import StrEnum
from io import StringIO

from gitops.output import aligned
from gitops.practice.keep import NAME
from gitops.practice.report import Report, Row
from gitops.practice.show import STATES, failure
from gitops.practice.words import LANGUAGE, said
from gitops.printable import line, markdown
from gitops.template import template
from gitops.text import Text


class Format(StrEnum):
    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    GITHUB = "github"
    HTML = "html"


_COLUMNS = (
    Text("student", "受講者"),
    Text("incident", "インシデント"),
    Text("state", "状態"),
    Text("minutes", "分"),
    Text("commits", "コミット"),
    Text("what fails", "満たされていないこと"),
    Text("to note", "備考"),
)
_STUCK = Text("may want help", "助けがいるかもしれません")
_ALIKE = Text("same changes as {others}", "{others} と同じ変更")
_AUTHORS = Text("also commits by {others}", "{others} のコミットもあります")
_PURPOSE = Text("what it was for", "変更の目的")
_COMMONEST = Text(
    "{incident}: {count} of {all} miss {requirement}",
    "{incident}：{all} 人中 {count} 人が {requirement} を満たしていません",
)
_TITLE = Text("Incidents of the class", "授業のインシデント")
_TOPICS = Text("Missed most often", "いちばん多い見落とし")
_NOBODY = Text("Nobody has begun an incident.", "まだ誰もインシデントを始めていません。")
_SINCE = Text("since", "開始")


def write(report: Report, form: Format) -> str:
    return _WRITERS[form](report)


def topics(report: Report) -> list[str]:
    """What is missed most often in each incident, a sentence each."""
    begun = {row.incident: 0 for row in report.rows}
    for row in report.rows:
        begun[row.incident] += 1
    return [
        said(_COMMONEST, incident=incident, count=count, all=begun[incident], requirement=_requirement(name))
        for incident, (name, count) in sorted(report.commonest.items())
    ]


def _cells(row: Row) -> list[str]:
    notes = [
        *([said(_STUCK)] if row.stuck else []),
        *([said(_ALIKE, others=", ".join(row.alike))] if row.alike else []),
        *([said(_AUTHORS, others=", ".join(row.authors))] if row.authors else []),
    ]
    failing = ", ".join(dict.fromkeys(_requirement(failed.requirement) for failed in row.failures))
    cells = (row.student, row.incident, said(STATES[row.verdict]), row.minutes, row.commits, failing, "; ".join(notes))
    return [line(cell) for cell in cells]


def _requirement(name: str) -> str:
    return said(_PURPOSE) if name == NAME else name


def _text(report: Report) -> str:
    rows = [[said(column) for column in _COLUMNS], *map(_cells, report.rows)]
    if not report.rows:
        return said(_NOBODY) + "\n"
    return "\n".join([aligned(rows), *(["", *found] if (found := topics(report)) else []), ""])


def _csv(report: Report) -> str:
    """A cell that a spreadsheet would take for a formula gets a quote in front."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([said(column) for column in (*_COLUMNS, _SINCE)])
    for row in report.rows:
        cells = [*_cells(row), row.since.isoformat()]
        writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in cells])
    return out.getvalue()


def _json(report: Report) -> str:
    rows = [
        {
            "student": row.student,
            "incident": row.incident,
            "variant": row.variant,
            "verdict": row.verdict,
            "since": row.since.isoformat(),
            "minutes": row.minutes,
            "commits": row.commits,
            "failures": [failure(failed) for failed in row.failures],
            "alike": row.alike,
            "stuck": row.stuck,
            "authors": list(map(line, row.authors)),
        }
        for row in report.rows
    ]
    commonest = {
        incident: {"requirement": name, "students": count} for incident, (name, count) in report.commonest.items()
    }
    return json.dumps({"rows": rows, "commonest": commonest}, ensure_ascii=False, indent=2) + "\n"


def _github(report: Report) -> str:
    heads = [said(column) for column in _COLUMNS]
    rows = (" | ".join(map(markdown, _cells(row))) for row in report.rows)
    lines = [f"## {said(_TITLE)}", "", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    return "\n".join(
        [*lines, *(f"| {row} |" for row in rows), "", *(f"- {markdown(topic)}" for topic in topics(report)), ""]
    )


def _html(report: Report) -> str:
    rows = [
        {
            "student": student,
            "incident": incident,
            "verdict": row.verdict,
            "state": state,
            "minutes": minutes,
            "commits": commits,
            "says": [said(failed.says) for failed in row.failures],
            "notes": notes,
        }
        for row in report.rows
        for student, incident, state, minutes, commits, _, notes in [_cells(row)]
    ]
    return template("report.html.j2").render(
        language=LANGUAGE.get().value,
        title=said(_TITLE),
        heading=said(_TOPICS),
        topics=topics(report),
        columns=[said(column) for column in _COLUMNS],
        rows=rows,
    )


_WRITERS: dict[Format, Callable[[Report], str]] = {
    Format.TEXT: _text,
    Format.CSV: _csv,
    Format.JSON: _json,
    Format.GITHUB: _github,
    Format.HTML: _html,
}
