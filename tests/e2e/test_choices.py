"""The page in English and Japanese, by day and by night, with and without motion."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Look, Theme, Window, becomes_true
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


@pytest.mark.parametrize("path", ["/?q=love", "/?q=love&view=concordance", "/?q=whale&view=collocates", "/?q=-whale"])
def test_results_on_paper_begin_with_the_query(window: Window, path: str) -> None:
    window.expects_failed_requests = True
    page = window.page
    page.goto(path)
    expect(page.locator("main :is(mark, table, [role=alert])").first).to_be_visible()
    page.emulate_media(media="print")
    heading = page.get_by_role("heading", level=1).bounding_box()
    assert heading
    assert heading["width"] > 100
    assert heading["height"] > 20


@pytest.mark.parametrize("path", ["/", "/?q=love&book=austen-emma", "/?q=John+3:16", "/compare?term=love", "/library"])
def test_nothing_on_paper_can_be_pressed_or_filled_in(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.emulate_media(media="print")
    for control in page.locator("button, input, select, textarea, .button, summary").all():
        expect(control).to_be_hidden()


def test_strips_fit_the_paper_whatever_width_they_were_drawn_for(page: Page) -> None:
    page.goto("/?q=love")
    expect(page.get_by_role("slider").first).to_be_visible()
    # A browser lays out what it prints without running the page's scripts: here none has run yet either.
    beyond = page.get_by_role("slider").first.evaluate(
        "track => { track.style.width = '300px'; const { right } = track.getBoundingClientRect();"
        "return [...track.querySelectorAll('path')].map(one => one.getBoundingClientRect().right - right); }"
    )
    assert max(beyond) <= 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_current_hit_differs_from_the_others_in_forced_colours(
    server: Server, open_window: Open, theme: Theme
) -> None:
    page = open_window(server, Look(theme=theme)).page
    page.emulate_media(forced_colors="active")
    page.goto("/read/melville-moby_dick/1?q=sea")
    style = "one => { const s = getComputedStyle(one); return [s.backgroundColor, s.outlineStyle]; }"
    current = page.locator("mark.current").evaluate(style)
    other = page.locator("mark:not(.current)").first.evaluate(style)
    assert current[0] != other[0]
    assert (current[1], other[1]) == ("solid", "none")


@pytest.mark.parametrize("forced", ["none", "active"])
def test_lines_of_a_concordance_are_cut_between_words_in_whatever_colours(
    page: Page, forced: Literal["none", "active"]
) -> None:
    page.emulate_media(forced_colors=forced)
    page.goto("/?q=love&view=concordance")
    cells = "[...document.querySelectorAll('td.left')]"
    expect(page.locator("td.left").first).to_be_visible()
    assert becomes_true(page, f"{cells}.length && {cells}.every(cell => cell.scrollWidth <= cell.clientWidth)")


@pytest.mark.parametrize("width", [390, 700, 1000, 1280])
def test_the_hit_bar_covers_no_text(server: Server, open_window: Open, width: int) -> None:
    page = open_window(server, Look(width=width)).page
    page.goto("/read/melville-moby_dick/1?q=sea&hit=6")
    expect(page.locator("mark.current")).to_be_in_viewport()
    bar = page.get_by_role("group", name="Hits in this section")
    expect(bar).to_be_in_viewport()
    box, text = bar.bounding_box(), page.locator("article .text").bounding_box()
    assert box
    assert text
    beside = box["x"] >= text["x"] + text["width"]
    # As wide as the text, and not to be seen through, it is where the text ends.
    over = box["x"] <= text["x"] and box["x"] + box["width"] >= text["x"] + text["width"]
    opaque = not re.search(r"rgba|transparent", bar.evaluate("bar => getComputedStyle(bar).backgroundColor"))
    assert beside or (over and opaque)
