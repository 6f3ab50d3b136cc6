"""A class of thirty at work on one incident: who has solved it, who is stuck, whose changes are alike."""

from datetime import UTC, datetime

from gitops.doctor.all_checks import CHECKS
from gitops.practice import library
from gitops.practice.check import Failure, Verdict
from gitops.practice.keep import NAME
from gitops.practice.report import Report, Row

_SINCE = datetime(2026, 1, 5, 9, tzinfo=UTC)
_INCIDENT = library.named("closed-door", None)
_MISSING = "callers-reach-what-they-call"
_FAILURES = (Failure(_MISSING, CHECKS[_MISSING].why), Failure("overlays-render", CHECKS["overlays-render"].why))
_FAILING = {Verdict.OPEN: _FAILURES, Verdict.MITIGATED: (Failure(NAME, _INCIDENT.keep[0].says),), Verdict.SOLVED: ()}
_ALIKE = {5: ("student-08",), 8: ("student-05",)}


def _row(number: int) -> Row:
    verdict = list(Verdict)[number % 3]
    return Row(
        student=f"student-{number:02}",
        incident=_INCIDENT.id,
        variant=1,
        verdict=verdict,
        since=_SINCE,
        minutes=5 + number,
        commits=1 + number % 3,
        failures=_FAILING[verdict][: 1 + number % 2],
        alike=_ALIKE.get(number, ()),
        stuck=number == 3,
        authors=("ada@example.org",) if number == 4 else (),
    )


REPORT = Report(tuple(map(_row, range(30))), {_INCIDENT.id: (_MISSING, 10)})
