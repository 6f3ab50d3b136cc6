"""WCAG 2.2 AA as far as a machine can tell: axe-core on every view, and no sideways scrolling."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from bootstrap.processes import ROOT
from tests.e2e.browser import Look, Theme, becomes_true
from tests.e2e.conftest import Open
from tests.e2e.server import Server
from tests.e2e.views import VIEWS

AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": RULES}, "rules": {"target-size": {"enabled": True}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

# They differ in all that changes the page's structure; each is seen in the other theme too, which changes its colours.
LOOKS = (Look("en", "light", 1280), Look("ja", "dark", 390))
OTHER_THEME: dict[Theme, Theme] = {"light": "dark", "dark": "light"}


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("needs axe-core: make test installs it, or npm ci in frontend/")
    return Path(AXE).read_text()


def violations(page: Page, axe: str, theme: Theme) -> list[str]:
    """What axe finds on the page as it is, and of its colours in the other theme."""
    # The devtools' evaluate() is outside the content security policy, so the page is checked as it ships.
    page.evaluate(axe)
    violated = _run(page, EVERYTHING)
    page.emulate_media(color_scheme=OTHER_THEME[theme])
    return violated + _run(page, COLOURS)


def _run(page: Page, options: dict[str, Any]) -> list[str]:
    answer: dict[str, Any] = page.evaluate(
        "options => axe.run(document, options)", {**options, "resultTypes": ["violations"]}
    )
    return [
        f"{violation['id']}: {violation['help']}: {node['html']} {node['failureSummary']}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]


def too_wide(page: Page) -> list[int]:
    """Widths at which the page scrolls sideways: as it is, and on the narrowest phone (WCAG 1.4.10)."""
    widths = []
    for width in (page.viewport_size or {"width": 0})["width"], 320:
        page.set_viewport_size({"width": width, "height": 700})
        # What is drawn to measure follows in a moment.
        if not becomes_true(page, "document.documentElement.scrollWidth <= innerWidth"):
            widths.append(width)
    return widths


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("name", VIEWS)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    name: str, look: Look, axe: str, server: Server, open_window: Open
) -> None:
    window = open_window(server, look)
    window.expects_failed_requests = VIEWS[name].fails
    VIEWS[name].open(window.page)
    assert violations(window.page, axe, look.theme) == []
    assert too_wide(window.page) == []


def test_axe_finds_nothing_on_the_sample_shelf(axe: str, own_server: Server, open_window: Open) -> None:
    page = open_window(own_server).page
    page.goto("/library")
    page.get_by_role("complementary").wait_for()
    assert violations(page, axe, "light") == []
    assert too_wide(page) == []
