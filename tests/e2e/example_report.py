"""A class of thirty at work on one incident: who has solved it, who is stuck, whose changes are alike."""

from datetime import UTC, datetime

from gitops.doctor.all_checks import CHECKS
from gitops.practice.check import Failure, Verdict
from gitops.practice.report import Report, Row

_SINCE = datetime(2026, 1, 5, 9, tzinfo=UTC)
_MISSING = "callers-reach-what-they-call"
_FAILURES = (Failure(_MISSING, CHECKS[_MISSING].why), Failure("overlays-render", CHECKS["overlays-render"].why))


def _row(number: int) -> Row:
    verdict = list(Verdict)[number % 3]
    return Row(
        student=f"student-{number:02}",
        incident="closed-door",
        variant=1,
        verdict=verdict,
        since=_SINCE,
        minutes=number,
        commits=number % 4,
        failures=_FAILURES[: 1 + number % 2] if verdict is Verdict.OPEN else (),
        alike=("student-99",) if number == 5 else (),
        stuck=number == 3,
        authors=("<b>@example.org",) if number == 4 else (),
    )


REPORT = Report(tuple(map(_row, range(30))), {"closed-door": (_MISSING, 10)})
