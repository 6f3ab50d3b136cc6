"""What a person sees when the backend is down, slow or wrong: a message and a way on, never a page that hangs."""

import re

from playwright.sync_api import Page, Route, expect

from tests.e2e.browser import Window
from tests.e2e.conftest import Open
from tests.e2e.server import Server

# Requests are given up after seconds; a test need not wait that long.
IMPATIENT = "const patience = AbortSignal.timeout; AbortSignal.timeout = (ms) => patience.call(AbortSignal, ms / 20);"
SEARCH = re.compile("/api/search")


def retry(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Try again").click()


def answer_with(page: Page, body: str, content_type: str, status: int = 200) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=status, content_type=content_type, body=body)

    page.route(SEARCH, answer)


def message(page: Page, text: str) -> None:
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text(text)


def test_a_search_goes_on_when_the_server_is_back(own_server: Server, open_window: Open) -> None:
    window: Window = open_window(own_server)
    window.expects_failed_requests = True
    page = window.page
    page.goto("/")
    box = page.get_by_role("combobox", name="Search the books")
    expect(page.get_by_role("button", name="Surprise me")).to_be_enabled()
    own_server.stop()
    box.fill("the")
    box.press("Enter")
    message(page, "The server cannot be reached.")
    expect(box).to_have_value("the")
    retry(page)
    message(page, "The server cannot be reached.")
    own_server.start()
    retry(page)
    expect(page.get_by_test_id("passage").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_every_page_says_that_the_server_is_down_and_recovers(own_server: Server, open_window: Open) -> None:
    window: Window = open_window(own_server)
    window.expects_failed_requests = True
    page = window.page
    page.goto("/?q=the")
    page.get_by_test_id("passage").first.get_by_role("link").click()
    expect(page.get_by_role("navigation", name="Neighbouring sections")).to_be_visible()
    own_server.stop()
    page.get_by_role("navigation", name="Neighbouring sections").get_by_role("link").first.click()
    message(page, "The server cannot be reached.")
    page.get_by_role("link", name="About").click()
    message(page, "The server cannot be reached.")
    own_server.start(version="after")
    retry(page)
    expect(page.get_by_text("after", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("navigation", name="Neighbouring sections")).to_be_visible()


def test_the_first_page_says_so_too_and_books_have_their_titles_afterwards(
    own_server: Server, open_window: Open
) -> None:
    window: Window = open_window(own_server)
    window.expects_failed_requests = True
    page = window.page
    page.goto("/about")
    expect(page.get_by_role("button", name="Start watching")).to_be_visible()
    books = re.compile("/api/books$")
    page.route(books, lambda route: route.abort())
    page.goto("/")
    message(page, "The server cannot be reached.")
    retry(page)
    message(page, "The server cannot be reached.")
    page.unroute(books)
    page.get_by_role("link", name="Compare").click()
    page.get_by_role("link", name="Search", exact=True).click()
    expect(page.get_by_role("region", name="The shelf").get_by_role("link").first).to_be_visible()


def test_an_answer_that_does_not_come_is_given_up(window: Window) -> None:
    page = window.page
    page.add_init_script(IMPATIENT)
    page.route(SEARCH, lambda route: None)
    page.goto("/?q=love")
    message(page, "The server took too long to answer.")
    page.unroute(SEARCH)
    retry(page)
    expect(page.get_by_test_id("passage").first).to_be_visible()


def test_the_latest_query_wins_over_an_older_slow_one(page: Page) -> None:
    held = re.compile("/api/search.*q=love")
    page.route(held, lambda route: None)
    with page.expect_request(held):
        page.goto("/?q=love")
    box = page.get_by_role("combobox", name="Search the books")
    box.fill("whale")
    box.press("Enter")
    expect(page.locator("mark").first).to_have_text(re.compile("whale", re.IGNORECASE))
    expect(page).to_have_title(re.compile("whale"))


def test_html_in_place_of_an_answer_is_explained(page: Page) -> None:
    answer_with(page, "<!doctype html><title>Hello</title>", "text/html")
    page.goto("/?q=love")
    message(page, "This page cannot read the answer")
    page.unroute(SEARCH)
    retry(page)
    expect(page.get_by_test_id("passage").first).to_be_visible()


def test_json_of_another_shape_is_explained(page: Page) -> None:
    answer_with(page, '{"books": null}', "application/json")
    page.goto("/?q=love")
    message(page, "This page cannot read the answer")
    page.unroute(SEARCH)
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("heading", level=2).first).to_be_visible()


def test_a_problem_that_the_page_does_not_know_is_explained_in_words_of_its_own(window: Window) -> None:
    window.expects_failed_requests = True
    page = window.page
    problem = (
        '{"type": "urn:gutenberg-search:fallen-over", "title": "Internal Server Error", '
        '"status": 500, "detail": "The shelf fell over."}'
    )
    answer_with(page, problem, "application/problem+json", 500)
    page.goto("/?q=love")
    message(page, "The server did not answer as expected.")
    page.unroute(SEARCH)
    retry(page)
    expect(page.get_by_test_id("passage").first).to_be_visible()


def test_a_query_that_cannot_be_read_says_what_to_change(window: Window) -> None:
    window.expects_failed_requests = True
    window.page.goto("/?q=-whale")
    message(window.page, "only leaves words out")


def test_an_address_that_does_not_exist_says_so(window: Window) -> None:
    window.expects_failed_requests = True
    page = window.page
    page.goto("/nowhere")
    page.get_by_role("link", name="Go to the search").click()
    expect(page.get_by_role("region", name="Try")).to_be_visible()
    page.goto("/read/no-such-book/1")
    message(page, "That book is not on the shelf.")
    page.goto("/read/austen-emma/no-such-section")
    message(page, "There is no such section.")


def test_the_sample_shelf_is_named_with_the_command_that_gets_the_real_one(
    own_server: Server, open_window: Open
) -> None:
    page = open_window(own_server).page
    page.goto("/")
    banner = page.get_by_role("complementary", name="Shelf")
    expect(banner).to_contain_text("This is the sample shelf")
    expect(banner.locator("code")).to_have_text("make run")
    page.get_by_role("link", name="About").click()
    expect(page.get_by_text("Sample shelf", exact=True)).to_be_visible()
