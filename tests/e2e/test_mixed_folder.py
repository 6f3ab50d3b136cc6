"""A folder of ten mixed files goes in with one command, and is searched and read in the page."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bootstrap.processes import ROOT
from tests import mixed_folder
from tests.e2e.browser import LANGUAGES, THEMES, Look
from tests.e2e.conftest import Open
from tests.e2e.server import Server, serving

LOOKS = [Look(lang, theme, width) for lang in LANGUAGES for theme in THEMES for width in (390, 1280)]
# A word, the book that has it, and how its language is written.
FOUND = [
    ("無鉄砲", "文学-坊っちゃん", "ja", "ltr"),
    ("l'œuvre", "salammbô", "fr", "ltr"),
    ("Finsternis", "genesis-luther", "de", "ltr"),
    ("blue glass", "glass-garden", "en-GB", "ltr"),
    ("keeper", "lighthouse", "en", "ltr"),
    ("captain", "pg12345", "en", "ltr"),
    ("ملوك", "ألف-ليلة", "ar", "rtl"),
]


@pytest.fixture(scope="module")
def mixed_shelf(built_page: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = tmp_path_factory.mktemp("mixed")
    folder = mixed_folder.write(place / "books")
    command = [sys.executable, "-m", "app.index", "build", "--corpus", str(folder), "--index", str(place / "index")]
    subprocess.run(command, cwd=ROOT / "backend", check=True)
    with serving(place / "index") as server:
        yield server


def require_no_scrolling_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_folder_of_ten_mixed_files_is_searched_and_read(mixed_shelf: Server, open_window: Open, look: Look) -> None:
    page = open_window(mixed_shelf, look).page
    page.goto("/library")
    expect(page.locator("main").get_by_text("坊っちゃん").first).to_be_visible()
    expect(page.locator("main").get_by_text("夏目漱石").first).to_be_visible()
    require_no_scrolling_sideways(page)
    for words, book, language, direction in FOUND:
        page.goto(f"/?q={words}&book={book}")
        mark = page.get_by_test_id("passage").locator("mark").first
        expect(mark).to_be_visible()
        assert mark.evaluate("node => node.closest('[lang]').lang") == language
        require_no_scrolling_sideways(page)
        page.goto(f"/read/{book}?q={words}")
        mark = page.locator("article mark").first
        expect(mark).to_be_visible()
        assert mark.evaluate("node => getComputedStyle(node).direction") == direction
        require_no_scrolling_sideways(page)


def test_readings_and_notes_of_a_japanese_edition_are_not_shown(mixed_shelf: Server, open_window: Open) -> None:
    page = open_window(mixed_shelf, Look("ja")).page
    page.goto("/read/文学-坊っちゃん")
    text = page.locator("article")
    expect(text).to_contain_text("親譲りの無鉄砲で小供の時から")
    for added in ("おやゆず", "［＃", "底本"):
        expect(text).not_to_contain_text(added)


def test_a_sentence_that_no_book_has_is_found_in_part_and_the_page_says_so(
    mixed_shelf: Server, open_window: Open
) -> None:
    page = open_window(mixed_shelf, Look("ja")).page
    page.goto("/?q=親譲りの無鉄砲で大人の時から")
    expect(page.get_by_text("すべてを含む箇所はありません。")).to_be_visible()
    expect(page.get_by_test_id("passage").locator("mark").first).to_be_visible()
