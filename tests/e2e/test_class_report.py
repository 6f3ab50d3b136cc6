"""The page of a class's report can be read by everybody: in both themes and languages, on a phone and on a wall."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gitops.practice.formats import Format, write
from gitops.practice.words import LANGUAGE, Language
from tests.e2e.browser import LANGUAGES, Look, Window
from tests.e2e.example_report import REPORT
from tests.e2e.test_accessibility import axe as axe
from tests.e2e.test_accessibility import too_wide, violations


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
