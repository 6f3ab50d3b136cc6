"""What a new user does: find a line, read it in its scene, come back, compare words, and share what was found."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Window, becomes_true
from tests.e2e.conftest import Open
from tests.e2e.server import Server


def search(page: Page, query: str) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="Search the books")
    box.fill(query)
    box.press("Enter")


def scroll_position(page: Page) -> int:
    return int(page.evaluate("Math.round(scrollY)"))


def test_a_line_is_found_and_opens_in_its_scene_with_its_mark_in_view(page: Page) -> None:
    search(page, '"to be or not to be"')
    best = page.get_by_role("article").first
    expect(best.get_by_role("heading", name="Hamlet")).to_be_visible()
    best.get_by_role("link", name="Act 3, Scene 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Scene 1"))
    expect(page).to_have_title(re.compile("Hamlet, Act 3, Scene 1"))
    marks = page.locator("mark")
    expect(marks).to_have_text([re.compile(r"To be, or not to be", re.IGNORECASE)])
    expect(marks).to_be_in_viewport()
    expect(page.get_by_role("group", name="Hits in this section")).to_contain_text("1 / 1")


def test_back_leads_to_the_same_results_at_the_same_place(page: Page) -> None:
    search(page, "love")
    link = page.get_by_test_id("passage").nth(9).get_by_role("link")
    link.scroll_into_view_if_needed()
    page.mouse.wheel(0, 120)
    expect(link).to_be_in_viewport()
    before = scroll_position(page)
    link.click()
    expect(page.get_by_role("link", name="Back to the results")).to_be_visible()
    page.go_back()
    expect(link).to_be_in_viewport()
    assert abs(scroll_position(page) - before) <= 2
    expect(page.get_by_role("combobox", name="Search the books")).to_have_value("love")


@pytest.mark.parametrize("path", ["/?q=love", "/read/melville-moby_dick/1"])
def test_a_reload_comes_back_to_the_same_place(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("article").first).to_be_visible()
    page.mouse.wheel(0, 1200)
    assert becomes_true(page, "scrollY === 1200")
    page.reload()
    assert becomes_true(page, "scrollY === 1200")


def test_forward_leads_to_the_same_place_too(page: Page) -> None:
    page.goto("/?q=whale")
    page.get_by_test_id("passage").first.get_by_role("link").click()
    expect(page.locator("mark.current")).to_be_in_viewport()
    before = scroll_position(page) + 700
    page.mouse.wheel(0, 700)
    assert becomes_true(page, f"Math.abs(scrollY - {before}) <= 2 && history.state?.y === scrollY")
    page.go_back()
    expect(page.get_by_test_id("passage").first).to_be_visible()
    page.go_forward()
    assert becomes_true(page, f"Math.abs(scrollY - {before}) <= 2")


def test_the_way_back_to_the_results_keeps_their_filters(page: Page) -> None:
    results = "/?q=love&book=austen-emma&view=passages&sort=year"
    page.goto(results)
    page.get_by_test_id("passage").first.get_by_role("link").click()
    back = page.get_by_role("link", name="Back to the results")
    page.keyboard.press("]")
    expect(back).to_have_attribute("href", re.compile(re.escape(results) + "$"))
    back.click()
    expect(page.get_by_role("button", name="Remove filter: Emma")).to_be_visible()


def test_words_are_compared_book_by_book(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Compare").click()
    for term in ("love", "hate"):
        page.get_by_label("Add a word").fill(term)
        page.get_by_role("button", name="Add", exact=True).click()
    expect(page).to_have_url(re.compile(r"/compare\?term=love&term=hate$"))
    expect(
        page.get_by_role("img", name=re.compile(r"love is most frequent in .+ hate is most frequent in"))
    ).to_be_visible()
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Book", "love", "hate"])
    expect(table.get_by_role("rowheader")).to_have_count(18 + 1)
    table.get_by_role("row", name=re.compile("Macbeth")).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=3)).to_have_text("The Tragedie of Macbeth")
    expect(page.get_by_role("button", name="Remove filter: The Tragedie of Macbeth")).to_be_visible()


def test_a_copied_link_opens_the_same_verses_elsewhere(window: Window, server: Server, open_window: Open) -> None:
    page = window.page
    page.goto("/read/bible-kjv/genesis.1")
    page.get_by_role("link", name="Genesis 1:2", exact=True).click()
    page.get_by_role("link", name="Genesis 1:4", exact=True).click()
    toolbar = page.get_by_role("group", name="Genesis 1:2–4")
    toolbar.get_by_role("button", name="Copy link").click()
    expect(page.get_by_test_id("announcer")).to_have_text("Copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{server.origin}/read/bible-kjv/genesis.1#2-4")
    toolbar.get_by_role("button", name="Copy citation").click()
    expect(toolbar.get_by_role("button", name="Copy citation")).to_contain_text("✓")
    citation = page.evaluate("navigator.clipboard.readText()")
    assert re.search(
        r"The King James Bible, Genesis 1:2–4 \(1611\)\. Project Gutenberg ebook 10\. " + re.escape(link), citation
    )

    other = open_window(server).page
    other.goto(link)
    for verse, chosen in ((1, False), (2, True), (4, True), (5, False)):
        number = other.get_by_role("link", name=f"Genesis 1:{verse}", exact=True)
        assert (number.get_attribute("aria-current") == "true") is chosen
    expect(other.locator("[data-chosen]").first).to_be_in_viewport()
    assert re.match(
        r"And the earth.+the darkness\.\s*$", "".join(other.locator("[data-chosen]").all_text_contents()), re.S
    )
    expect(other.get_by_role("group", name="Genesis 1:2–4")).to_be_visible()


def test_a_line_of_a_play_is_chosen_in_the_margin_and_says_how_it_is_counted(page: Page) -> None:
    page.goto("/read/shakespeare-hamlet/3.1")
    page.get_by_role("link", name="Hamlet, Act 3, Scene 1, line 65", exact=True).click()
    expect(page.locator("[data-chosen]")).to_have_text("The Slings and Arrowes of outragious Fortune,")
    bar = page.get_by_role("group", name="Hamlet, Act 3, Scene 1, line 65")
    expect(bar).to_contain_text("Lines are counted within the scene")


def test_the_contents_count_the_hits_of_each_chapter(page: Page) -> None:
    page.goto("/read/melville-moby_dick/42?q=whiteness")
    contents = page.get_by_role("navigation", name="Contents")
    expect(contents.get_by_role("link", name=re.compile("Chapter 42.*hits"))).to_be_visible()
    expect(contents.get_by_role("link", name="Chapter 43. Hark!", exact=True)).to_be_visible()


def test_a_passage_is_let_go_and_the_marks_stay(page: Page) -> None:
    page.goto("/read/bible-kjv/genesis.1?q=light#1-3")
    toolbar = page.get_by_role("group", name="Genesis 1:1–3")
    toolbar.get_by_role("button", name="Deselect the passage").click()
    expect(toolbar).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/read/bible-kjv/genesis\.1\?q=light$"))
    expect(page.locator("mark").first).to_have_text("light")


def test_a_shared_address_shows_the_same_marks_elsewhere(page: Page, server: Server, open_window: Open) -> None:
    page.goto("/read/melville-moby_dick/1?q=whale&hit=2")
    expect(page.locator("mark.current")).to_be_in_viewport()
    marks = page.locator("mark").all_text_contents()
    assert len(marks) > 1
    other = open_window(server).page
    other.goto(page.url)
    expect(other.locator("mark")).to_have_text(marks)
    expect(other.get_by_role("group", name="Hits in this section")).to_contain_text(f"2 / {len(marks)}")
    expect(other.locator("mark.current")).to_be_in_viewport()


def test_a_reload_keeps_the_search_its_filters_its_view_and_its_order(page: Page) -> None:
    page.goto("/?q=love&book=austen-emma&view=concordance&order=l1&order=r2")
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("love")
    first = rows.nth(1).text_content() or ""
    page.reload()
    expect(rows.nth(1)).to_have_text(first)
    expect(page.get_by_role("button", name="Remove filter: Emma")).to_be_visible()
    expect(page.get_by_role("combobox", name="Sort by")).to_have_value("l1")
    expect(page.get_by_role("combobox", name="then").first).to_have_value("r2")
    expect(page.get_by_role("link", name="Concordance")).to_have_attribute("aria-current", "true")


def test_back_and_forward_walk_through_queries(page: Page) -> None:
    search(page, "love")
    box = page.get_by_role("combobox", name="Search the books")
    expect(page).to_have_title(re.compile("love"))
    box.fill("whale")
    box.press("Enter")
    expect(page).to_have_title(re.compile("whale"))
    page.go_back()
    expect(page).to_have_title(re.compile("love"))
    expect(box).to_have_value("love")
    expect(page.locator("mark").first).to_have_text(re.compile("^lou?v?e", re.IGNORECASE))
    page.go_forward()
    expect(box).to_have_value("whale")
    expect(page.locator("mark").first).to_have_text(re.compile("whale", re.IGNORECASE))


def test_the_strip_opens_the_book_where_the_bar_stands(page: Page) -> None:
    page.goto("/?q=ophelia")
    strip = page.get_by_role("slider", name=re.compile("Where in .*Hamlet"))
    strip.press("End")
    expect(strip).to_have_attribute("aria-valuetext", re.compile(r"^Hamlet, Act 5, Scene \d: \d+ hits?$"))
    strip.press("Enter")
    expect(page).to_have_url(re.compile(r"/read/shakespeare-hamlet/5\.\d"))
    expect(page.locator("mark.current")).to_be_in_viewport()


def test_earlier_queries_are_offered_and_can_be_deleted(page: Page) -> None:
    search(page, "love")
    expect(page.get_by_test_id("passage").first).to_be_visible()
    search(page, "whale")
    expect(page.get_by_test_id("passage").first).to_be_visible()
    page.goto("/")
    recent = page.get_by_role("region", name="Your searches")
    expect(recent.get_by_role("link")).to_have_text(["whale", "love"])
    recent.get_by_role("button", name="Remove “whale” from your searches").click()
    expect(recent.get_by_role("link")).to_have_text(["love"])
    recent.get_by_role("button", name="Delete all").click()
    expect(recent).to_be_hidden()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(recent).to_be_hidden()


@pytest.mark.parametrize(
    ("query", "place", "text"),
    [
        ("Hamlet 3.1", "Hamlet, Act 3, Scene 1", "Enter King, Queene"),
        ("John 3:16", "John 3:16", "3:16 For God so loved the world"),
        ("The Lamb", "The Lamb", "Little Lamb, who make thee"),
        ("moby 42", "Moby-Dick, Chapter 42", "The Whiteness of The Whale"),
    ],
)
def test_a_place_that_the_query_names_is_the_first_answer(page: Page, query: str, place: str, text: str) -> None:
    search(page, query)
    card = page.get_by_test_id("place")
    expect(card.get_by_role("heading")).to_contain_text(place)
    expect(card).to_contain_text(text)
    card.get_by_role("link", name="Read on").click()
    expect(page).to_have_title(re.compile(re.escape(place.split(":")[0])))
