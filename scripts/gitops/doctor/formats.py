"""Findings, for people and for programs."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from gitops.doctor.check import Check, Finding, Verdict
from gitops.doctor.nodes import Location
from gitops.printable import line

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Verdict, str] = {"error": "error", "warning": "warning", "not decided": "notice"}


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def write(findings: Sequence[Finding], form: Format) -> str:
    return _WRITERS[form](findings)


def explain(check: Check) -> str:
    """The check's row of the table, as text."""
    return f"{check.id} ({check.severity})\n{check.title}.\n\nWhy: {check.why.en}\nFix: {check.fix}\n"


def markdown(checks: Sequence[Check]) -> str:
    """The table in this folder's README."""
    rows = (f"| `{check.id}` | {check.severity} | {_cell(check.why.en)} | {_cell(check.fix)} |" for check in checks)
    return "\n".join(["| check | severity | why | fix |", "|---|---|---|---|", *rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _text(findings: Sequence[Finding]) -> str:
    """The findings as text; a finding that several locations share is printed once, with all of them."""
    locations = defaultdict(list)
    for finding in findings:
        locations[finding.check, finding.verdict, finding.what].append(finding.location)
    paragraphs = (
        f"{line(first.path)}:{first.line}: {verdict}: {what} [{check.id}]\n{_also(others)}"
        f"    Why: {check.why.en}\n    Fix: {check.fix}\n"
        for (check, verdict, what), (first, *others) in locations.items()
    )
    return "\n".join([*paragraphs, _conclusion(findings)])


def _also(locations: Sequence[Location]) -> str:
    return (
        f"    Also: {', '.join(f'{line(location.path)}:{location.line}' for location in locations)}\n"
        if locations
        else ""
    )


def _conclusion(findings: Sequence[Finding]) -> str:
    if not findings:
        return "Nothing found.\n"
    count = Counter(finding.verdict for finding in findings)
    return f"Errors: {count['error']}, warnings: {count['warning']}, not decided: {count['not decided']}.\n"


@dataclass(frozen=True, slots=True)
class Row:
    """A finding; the JSON has these fields."""

    id: str
    severity: Verdict
    file: str
    line: int
    what: str
    why: str
    fix: str

    @classmethod
    def of(cls, finding: Finding) -> Self:
        check, location = finding.check, finding.location
        return cls(check.id, finding.verdict, location.path, location.line, finding.what, check.why.en, check.fix)


def _json(findings: Sequence[Finding]) -> str:
    return _dump([asdict(Row.of(finding)) for finding in findings])


def _github(findings: Sequence[Finding]) -> str:
    """Findings as annotations of a workflow run. Source:
    https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    return "".join(
        f"::{_LEVELS[finding.verdict]} file={_property(line(finding.location.path))},line={finding.location.line},"
        f"title={_property(finding.check.title)}::{_message(f'{finding.what}. {finding.check.fix}')}\n"
        for finding in findings
    )


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _sarif(findings: Sequence[Finding]) -> str:
    """Findings in SARIF 2.1.0. Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html"""
    rules = {finding.check.id: _rule(finding.check) for finding in findings}
    driver = {"name": "gitops doctor", "rules": list(rules.values())}
    run = {"tool": {"driver": driver}, "results": [_result(finding) for finding in findings]}
    return _dump({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _rule(check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.why.en},
        "help": {"text": check.fix},
        "defaultConfiguration": {"level": check.severity},
    }


def _result(finding: Finding) -> dict[str, Any]:
    location = {"artifactLocation": {"uri": finding.location.path}, "region": {"startLine": finding.location.line}}
    return {
        "ruleId": finding.check.id,
        "kind": "fail" if finding.decided else "open",
        "level": finding.check.severity if finding.decided else "none",
        "message": {"text": finding.what},
        "locations": [{"physicalLocation": location}],
    }


def _dump(value: Any) -> str:
    return json.dumps(value, indent=2) + "\n"


_WRITERS: dict[Format, Callable[[Sequence[Finding]], str]] = {
    Format.TEXT: _text,
    Format.JSON: _json,
    Format.GITHUB: _github,
    Format.SARIF: _sarif,
}
