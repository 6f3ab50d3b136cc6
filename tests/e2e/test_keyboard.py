"""Everything by keyboard alone, and a field that leaves an input method its keys."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect


@pytest.fixture
def box(page: Page) -> Locator:
    page.goto("/")
    box = page.get_by_role("combobox", name="Search the books")
    expect(page.get_by_role("button", name="Surprise me")).to_be_enabled()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    return box


def type_for_suggestions(page: Page, box: Locator, text: str) -> Locator:
    page.keyboard.type(text)
    expect(box).to_have_attribute("aria-expanded", "true")
    return page.get_by_role("option")


def test_suggestions_are_walked_with_the_arrows_and_taken_with_enter(page: Page, box: Locator) -> None:
    options = type_for_suggestions(page, box, "whal")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    word = options.filter(has_text="word").first
    while word.get_attribute("aria-selected") == "false":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page).to_have_url(re.compile(r"/\?q=whal"))
    expect(page.get_by_test_id("passage").first).to_be_visible()


def test_escape_closes_the_suggestions_and_then_empties_the_field(page: Page, box: Locator) -> None:
    type_for_suggestions(page, box, "whal")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("whal")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_a_suggested_place_opens_the_book_there(page: Page, box: Locator) -> None:
    options = type_for_suggestions(page, box, "hamlet 3.1")
    place = options.filter(has_text="go to")
    expect(place.first).to_contain_text("Hamlet, Act 3, Scene 1")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_contain_text("Hamlet, Act 3, Scene 1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/read/shakespeare-hamlet/3\.1$"))


def test_search_reading_and_turning_pages_need_no_mouse(page: Page, box: Locator) -> None:
    page.keyboard.type("ophelia")
    page.keyboard.press("Enter")
    first = page.get_by_test_id("passage").first.get_by_role("link")
    expect(first).to_be_visible()
    while not first.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    count = page.get_by_role("group", name="Hits in this section").get_by_role("status")
    expect(count).to_have_text(re.compile(r"^\d+ / [1-9]\d*$"))
    at, of = map(int, (count.text_content() or "").split(" / "))
    for hit in range(at + 1, of + 1):
        page.keyboard.press("n")
        expect(count).to_have_text(f"{hit} / {of}")
    expect(page.locator("mark.current")).to_be_in_viewport()
    chapter = page.url
    page.keyboard.press("n")
    expect(page).not_to_have_url(chapter)
    expect(count).to_have_text(re.compile("^1 / "))
    page.keyboard.press("p")
    expect(count).to_have_text(f"{of} / {of}")
    title = page.title()
    page.keyboard.press("]")
    expect(page).not_to_have_title(title)
    page.keyboard.press("[")
    expect(page).to_have_title(title)


def test_the_keys_are_listed_and_can_be_switched_off(page: Page, box: Locator) -> None:
    box.blur()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox").press("Space")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(dialog).to_be_hidden()
    expect(box).not_to_be_focused()


def test_keys_that_are_typed_are_not_taken_for_shortcuts(page: Page, box: Locator) -> None:
    page.keyboard.type("why?/n")
    expect(box).to_have_value("why?/n")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_search_key_works_from_every_page(page: Page) -> None:
    page.goto("/library")
    expect(page.get_by_role("link", name="Moby-Dick; or, The Whale", exact=True)).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search the books")).to_be_focused()


def test_the_content_is_one_key_press_away(page: Page) -> None:
    page.goto("/library")
    expect(page.get_by_role("link", name="Moby-Dick; or, The Whale", exact=True)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link").first).to_be_focused()


def test_the_content_is_reached_without_leaving_the_place_of_the_address(page: Page) -> None:
    page.goto("/read/bible-kjv/genesis.1#1")
    selected = page.get_by_role("link", name="Genesis 1:1", exact=True)
    expect(selected).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Skip to content").press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    expect(page).to_have_url(re.compile("#1$"))
    expect(selected).to_have_attribute("aria-current", "true")


def test_a_turned_page_begins_at_its_heading(page: Page) -> None:
    page.goto("/read/austen-emma/1.1")
    title = page.title()
    page.get_by_role("navigation", name="Neighbouring sections").get_by_role("link").press("Enter")
    expect(page).not_to_have_title(title)
    expect(page.get_by_role("main")).to_be_focused()


def test_a_step_to_a_hit_of_the_next_section_leaves_the_focus_on_its_button(page: Page) -> None:
    page.goto("/read/melville-moby_dick/1?q=ishmael&hit=last")
    expect(page.locator("mark.current")).to_be_visible()
    title = page.title()
    button = page.get_by_role("button", name="Next hit")
    button.press("Enter")
    expect(page).not_to_have_title(title)
    expect(button).to_be_focused()


def test_the_focus_stays_where_more_was_loaded_and_beside_what_was_removed(page: Page) -> None:
    page.goto("/?q=love&view=passages&book=austen-emma&book=bible-kjv")
    more = page.get_by_role("button", name="Load more")
    more.press("Enter")
    expect(page.get_by_test_id("passage")).to_have_count(40)
    expect(more).to_be_focused()
    page.get_by_role("button", name="Remove filter: Emma").press("Enter")
    expect(page).not_to_have_url(re.compile("emma"))
    expect(page.get_by_role("button", name="Remove filter: The King James Bible")).to_be_focused()


def test_enter_that_ends_a_conversion_does_not_search_and_the_next_one_does(page: Page, box: Locator) -> None:
    start = page.url
    method = page.context.new_cdp_session(page)
    method.send("Input.imeSetComposition", {"text": "くじら", "selectionStart": 3, "selectionEnd": 3})
    expect(box).to_have_value("くじら")
    # The input method keeps this Enter to itself; the page only learns that it was pressed while composing.
    page.keyboard.press("Enter")
    box.dispatch_event("keydown", {"key": "Process", "keyCode": 229, "isComposing": True})
    assert page.url == start
    expect(box).to_have_value("くじら")
    method.send("Input.insertText", {"text": "鯨"})
    expect(box).to_have_value("鯨")
    assert page.url == start
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing found for 鯨")).to_be_visible()


def test_enter_that_ends_a_conversion_does_not_add_a_word_to_compare(page: Page) -> None:
    page.goto("/compare")
    field = page.get_by_label("Add a word")
    field.focus()
    method = page.context.new_cdp_session(page)
    method.send("Input.imeSetComposition", {"text": "うみ", "selectionStart": 2, "selectionEnd": 2})
    page.keyboard.press("Enter")
    expect(field).to_have_value("うみ")
    expect(page).to_have_url(re.compile("/compare$"))
