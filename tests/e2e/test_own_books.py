"""A shelf of one's own: its languages and directions, and nothing that is true of NLTK's books only."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from app.corpus.shelf import load_shelf
from app.index.build import build
from tests.e2e.browser import Look
from tests.e2e.conftest import Open
from tests.e2e.server import Server, serving

CATALOGUE = """
[books.harzreise]
title = "Die Harzreise"
author = "Heinrich Heine"
language = "de"

[books.ruth]
title = "רות"
language = "he"
"""
HARZREISE = "Auf die Berge will ich steigen, wo die dunkeln Tannen ragen, Bäche rauschen, Vögel singen.\n"
RUTH = "כי אל אשר תלכי אלך ובאשר תליני אלין עמך עמי ואלהיך אלהי\n"


@pytest.fixture(scope="module")
def own_shelf(built_page: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("own")
    for name, text in {"catalog.toml": CATALOGUE, "harzreise.txt": HARZREISE, "ruth.txt": RUTH}.items():
        (folder / name).write_text(text, encoding="utf-8")
    build(load_shelf(folder), folder / "index", lambda step, done: None)
    with serving(folder / "index") as server:
        yield server


@pytest.fixture
def page(own_shelf: Server, open_window: Open) -> Page:
    return open_window(own_shelf).page


def script(words: Locator) -> tuple[str, str]:
    """The language and the direction in which the words are shown."""
    expect(words).to_be_visible()
    shown = words.evaluate("node => [node.closest('[lang]').lang, getComputedStyle(node).direction]")
    return shown[0], shown[1]


@pytest.mark.parametrize(
    ("book", "word", "expected"), [("harzreise", "Tannen", ("de", "ltr")), ("ruth", "אלך", ("he", "rtl"))]
)
def test_a_book_is_shown_in_its_language_and_direction(
    page: Page, book: str, word: str, expected: tuple[str, str]
) -> None:
    page.goto(f"/?q={word}")
    assert script(page.get_by_test_id("passage").locator("mark")) == expected
    assert script(page.get_by_role("heading", level=3).get_by_role("link"))[0] == expected[0]
    page.goto(f"/?q={word}&view=concordance")
    assert script(page.locator("td.right span")) == expected
    assert script(page.locator("td.left span")) == expected
    page.goto(f"/read/{book}?q={word}")
    assert script(page.locator("article mark")) == expected
    assert page.get_by_role("heading", level=1).get_attribute("lang") == expected[0]


def test_only_type_that_has_italics_is_set_in_them(own_shelf: Server, open_window: Open) -> None:
    page, style = open_window(own_shelf, Look("ja")).page, "node => getComputedStyle(node).fontStyle"
    page.goto("/library")
    assert page.get_by_text("Heinrich Heine").evaluate(style) == "italic"
    assert page.get_by_text("著者不詳").evaluate(style) == "normal"
    page.goto("/?q=Tannen")
    assert page.get_by_role("article").get_by_text("Heinrich Heine").evaluate(style) == "italic"
    box = page.get_by_role("combobox", name="本文を検索")
    assert box.evaluate("node => getComputedStyle(node, '::placeholder').fontStyle") == "normal"


def test_the_text_before_a_match_stands_where_its_language_begins(page: Page) -> None:
    for word, first in (("Tannen", "left"), ("אלך", "right")):
        page.goto(f"/?q={word}&view=concordance")
        before, match = page.locator("td.left span").bounding_box(), page.locator("td.match").bounding_box()
        assert before
        assert match
        assert (before["x"] < match["x"]) is (first == "left")


def test_nothing_is_said_that_is_true_of_other_books_only(own_shelf: Server, open_window: Open) -> None:
    page = open_window(own_shelf, Look(lang="en")).page
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 books, word by word")
    expect(page.get_by_role("contentinfo")).not_to_contain_text("Project Gutenberg")
    expect(page.get_by_role("region", name="Try")).to_have_count(0)
    page.keyboard.press("?")
    hints = page.get_by_role("dialog")
    expect(hints.get_by_text("author:heine, title:harzreise")).to_be_visible()
    for other in ("hamlet", "whale", "whal", "John 3", "The Lamb", "austen"):
        expect(hints).not_to_contain_text(other, ignore_case=True)


@pytest.mark.parametrize("look", [Look("en", width=390), Look("ja", width=320)], ids=str)
def test_examples_of_ones_own_books_stay_in_their_rows(own_shelf: Server, open_window: Open, look: Look) -> None:
    page = open_window(own_shelf, look).page
    page.goto("/")
    page.keyboard.press("?")
    examples = page.get_by_role("dialog").locator("code")
    expect(examples.last).to_be_visible()
    edges = "nodes => nodes.map(one => [one, one.closest('div')].map(node => node.getBoundingClientRect().right))"
    assert all(example <= row for example, row in examples.evaluate_all(edges))
