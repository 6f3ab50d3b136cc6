"""The page of a class's report can be read by everybody: in both themes and languages, on a phone and on a wall."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gitops.doctor.table import CHECKS
from gitops.practice.check import Failure, Verdict
from gitops.practice.formats import Format, write
from gitops.practice.report import Report, Row
from gitops.practice.words import LANGUAGE, Language
from tests.e2e.browser import LANGUAGES, Look, Window
from tests.e2e.test_accessibility import axe as axe
from tests.e2e.test_accessibility import too_wide, violations

SINCE = datetime(2026, 1, 5, 9, tzinfo=UTC)
MISSING = "callers-reach-what-they-call"
FAILURES = (Failure(MISSING, CHECKS[MISSING].why), Failure("overlays-render", CHECKS["overlays-render"].why))


def row(number: int) -> Row:
    verdict = list(Verdict)[number % 3]
    failing = FAILURES if verdict is Verdict.OPEN else ()
    return Row(
        student=f"student-{number:02}",
        incident="closed-door",
        variant=1,
        verdict=verdict,
        since=SINCE,
        minutes=number,
        commits=number % 4,
        failures=failing,
        alike=("student-99",) if number == 5 else (),
        stuck=number == 3,
        authors=("<b>@example.org",) if number == 4 else (),
    )


REPORT = Report(tuple(map(row, range(30))), {"closed-door": (MISSING, 10)})


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_the_report_and_it_is_not_too_wide(
    browser: Browser, axe: str, tmp_path: Path, language: str, width: int
) -> None:
    token = LANGUAGE.set(Language(language))
    (tmp_path / "report.html").write_text(write(REPORT, Format.HTML), encoding="utf-8")
    LANGUAGE.reset(token)
    window = Window(browser, "file://", Look(width=width))
    window.page.goto((tmp_path / "report.html").as_uri())
    assert window.page.get_by_role("row").count() == len(REPORT.rows) + 1
    assert violations(window.page, axe, "light") == []
    assert too_wide(window.page) == []
    window.close()
    assert window.complaints == []
