"""The page in English and Japanese, by day and by night, with and without motion."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Look, Window
from tests.e2e.conftest import Open
from tests.e2e.server import Server

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
PAPER = "getComputedStyle(document.documentElement).backgroundColor"


def brightness(page: Page) -> float:
    red, green, blue = map(int, re.findall(r"\d+", page.evaluate(PAPER))[:3])
    return (red + green + blue) / 3


def test_the_page_speaks_the_language_of_the_browser(server: Server, open_window: Open) -> None:
    page = open_window(server, Look(lang="ja")).page
    page.goto("/?q=love")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.get_by_role("navigation", name="ページ").get_by_role("link")).to_have_text(
        ["検索", "比較", "書架", "このサイト"]
    )
    expect(page.get_by_role("heading", level=2)).to_have_text(re.compile("^[0-9]+ 冊に [0-9,]+ か所$"))
    expect(page).to_have_title("love · Gutenberg Search")


def test_the_language_is_switched_and_kept_with_the_query(page: Page) -> None:
    page.goto("/?q=love&sort=year")
    expect(page.get_by_test_id("passage").first).to_be_visible()
    page.get_by_role("button", name="Language: 日本語").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.get_by_role("combobox", name="本文を検索")).to_have_value("love")
    expect(page.get_by_role("combobox", name="並べ替え")).to_have_value("year")
    page.reload()
    expect(page.get_by_role("link", name="コンコーダンス")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/\?q=love&sort=year$"))
    page.get_by_role("button", name="言語: English").click()
    expect(page.get_by_role("link", name="Concordance")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_link_can_ask_for_a_language(page: Page) -> None:
    page.goto("/compare?term=love&lang=ja")
    expect(page.get_by_role("heading", level=1, name="語の比較")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/compare", "/library", "/about", "/nowhere", "/?q=xqzvwk"])
def test_every_heading_is_in_the_chosen_language(server: Server, open_window: Open, path: str) -> None:
    page = open_window(server, Look(lang="ja")).page
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text(JAPANESE)
    expect(page.locator("[role=status]").filter(has_text="…")).to_have_count(0)
    ours = page.locator(":is(h1, h2, h3, button, label, legend):not([lang=en], [lang=en] *, .visually-hidden)")
    for text in ours.all_text_contents():
        assert not re.search("[A-Za-z]{3}", text) or JAPANESE.search(text), text


def test_books_are_marked_as_english_in_a_japanese_page(server: Server, open_window: Open) -> None:
    page = open_window(server, Look(lang="ja")).page
    page.goto("/read/shakespeare-hamlet/3.1?q=love")
    expect(page.locator("mark").first).to_be_visible()
    for text in (page.locator("mark").first, page.get_by_role("heading", level=1), page.get_by_role("rowheader")):
        if text.count():
            assert text.first.evaluate("node => node.closest('[lang]').lang") == "en"


def test_the_theme_is_that_of_the_system_until_another_is_chosen(server: Server, open_window: Open) -> None:
    page = open_window(server, Look(theme="dark")).page
    page.goto("/")
    assert brightness(page) < 60
    page.emulate_media(color_scheme="light")
    assert brightness(page) > 200
    page.get_by_role("button", name="Theme: System").click()
    page.get_by_role("button", name="Theme: Light").click()
    expect(page.get_by_role("button", name="Theme: Dark")).to_be_visible()
    assert brightness(page) < 60
    page.reload()
    expect(page.get_by_role("button", name="Theme: Dark")).to_be_visible()
    assert brightness(page) < 60


def test_paper_takes_the_text_alone_in_ink(server: Server, open_window: Open) -> None:
    page = open_window(server, Look(theme="dark")).page
    page.goto("/read/melville-moby_dick/1?q=whale")
    expect(page.locator("mark").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    for control in ("button", "navigation", "combobox", "group", "banner", "contentinfo"):
        expect(page.get_by_role(control)).to_have_count(0)
    ink = page.locator("body").evaluate("body => getComputedStyle(body).color")
    assert max(map(int, re.findall(r"\d+", ink)[:3])) < 60


def test_nothing_moves_for_those_who_asked_for_that(server: Server, open_window: Open) -> None:
    moving: Window = open_window(server, still=False)
    still: Window = open_window(server)
    for window, moves in ((moving, True), (still, False)):
        window.page.goto("/?q=love")
        strip = window.page.get_by_role("slider").first
        expect(strip).to_be_visible()
        durations = strip.evaluate(
            "node => [...document.querySelectorAll('*')].flatMap(one => ['', '::before'].map(part => {"
            "const style = getComputedStyle(one, part || null);"
            "return [...`${style.transitionDuration},${style.animationDuration}`.split(',')].map(parseFloat);"
            "})).flat()"
        )
        assert (max(durations) > 0) is moves
