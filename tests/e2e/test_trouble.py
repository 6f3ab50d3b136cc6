"""What a person sees when the backend is down, slow or wrong: a message and a way on, never a page that hangs."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.browser import Look, Window
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


def leave_it_out(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name="Leave it out").click()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ("book=no-such-book", "no-such-book That book is not on the shelf."),
        ("author=Nobody", "Nobody No book on the shelf is by that author."),
        ("book=no-such-book&author=Nobody", "Nobody No book on the shelf is by that author."),
    ],
)
@pytest.mark.parametrize("view", ["books", "passages", "concordance", "collocates"])
def test_a_wrong_filter_takes_no_results_with_it(window: Window, view: str, wrong: str, text: str) -> None:
    window.expects_failed_requests = True
    page = window.page
    page.goto(f"/?q=love&book=austen-emma&{wrong}&view={view}")
    expect(page.get_by_role("alert").filter(has_text=text)).to_be_visible()
    expect(page.get_by_test_id("passage").or_(page.get_by_role("table")).first).to_be_visible()
    expect(page.get_by_role("button", name="Remove filter: Emma")).to_be_visible()
    page.get_by_role("link", name="Leave it out").first.click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/\?q=love&book=austen-emma(&view=\w+)?$"))


def test_one_click_leaves_out_what_is_wrong_in_a_query(window: Window) -> None:
    window.expects_failed_requests = True
    page = window.page
    page.goto("/?q=whale+a*&book=melville-moby_dick")
    message(page, "a* At least 2 letters must stand beside * and ?.")
    expect(page.get_by_role("button", name=re.compile("Remove filter: Moby-Dick"))).to_be_visible()
    leave_it_out(page)
    expect(page.get_by_role("combobox", name="Search the books")).to_have_value("whale")
    expect(page.get_by_test_id("passage").first).to_be_visible()


@pytest.mark.parametrize("q", ["-whale", "a*", "!!", "w" * 300, "co* re* un* in*"])
def test_a_query_that_cannot_be_read_takes_no_text_with_it(window: Window, q: str) -> None:
    window.expects_failed_requests = True
    page = window.page
    page.goto(f"/read/melville-moby_dick/1?q={q}#p0")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("Call me Ishmael.")).to_be_visible()
    expect(page.get_by_role("link", name="Back to the results")).to_be_visible()
    leave_it_out(page)
    expect(page).to_have_url(re.compile("/read/melville-moby_dick/1(#p0)?$"))
    expect(page.get_by_text("Call me Ishmael.")).to_be_visible()


def test_a_section_that_is_not_there_leads_to_those_of_the_book(window: Window) -> None:
    window.expects_failed_requests = True
    page = window.page
    page.goto("/read/austen-emma/no-such-section?q=love")
    message(page, "no-such-section There is no such section.")
    expect(page.get_by_role("navigation", name="Contents")).to_be_visible()
    page.get_by_role("link", name="Open the book at its beginning").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/read/austen-emma/[^/]+\?q=love$"))


def test_a_word_that_cannot_be_compared_takes_no_chart_with_it(window: Window) -> None:
    window.expects_failed_requests = True
    page = window.page
    page.goto("/compare?term=love&term=-war&term=a*&term=hate")
    expect(page.get_by_role("alert")).to_have_count(2)
    expect(page.get_by_role("columnheader")).to_have_text(["Book", "love", "hate"])
    page.get_by_role("link", name="Leave it out").first.click()
    expect(page).to_have_url(re.compile(r"/compare\?term=love&term=hate$"))
    expect(page.get_by_role("alert")).to_have_count(0)
    page.goto("/compare?term=-war")
    message(page, "-war The query only leaves words out.")
    page.get_by_role("button", name="Remove -war").click()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    "path",
    [
        "/?q=love&sort=size&pages=-3&view=heap&order=z9&span=900&side=up&correct=perhaps&function_words=2",
        "/?q=love&pages=1e9&sort=",
        "/?q=love%00%1b&view=passages",
        "/?q=love&view=collocates&span=0&side=",
        "/?q=love&view=concordance&order=l1&order=l1&order=&order=r9",
        "/words/austen-emma?sort=size&pages=x&function_words",
        "/read/austen-emma/1.1?q=love&hit=900&near=7#99999-1",
        "/compare?term=love&term=love&term=%20&sort=size",
    ],
)
def test_parameters_that_mean_nothing_are_as_if_they_were_not_there(window: Window, path: str) -> None:
    page = window.page
    page.goto(path)
    expect(page.locator("main :is(mark, table)").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_japanese_reader_is_told_in_japanese_what_is_wrong(server: Server, open_window: Open) -> None:
    window: Window = open_window(server, Look(lang="ja"))
    window.expects_failed_requests = True
    page = window.page
    for path, text in {
        "/?q=whale+a*": "a* * や ? のほかに 2 文字以上必要です。",
        "/?q=love&book=no-such-book": "no-such-book その本は書架にありません。",
        "/compare?term=love&term=love+-war": "love -war 比べられるのは、語、語句、OR や NEAR でつないだものです。",
    }.items():
        page.goto(path)
        expect(page.get_by_role("alert").locator("p")).to_have_text(text)
