"""A library of many books is shown a page at a time, and no answer has all of them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from app.corpus.shelf import load_shelf
from app.index.build import build
from tests.e2e.browser import Look
from tests.e2e.conftest import Open
from tests.e2e.server import Server, serving

BOOKS = 400
# A page has 100 books, and a view some rows besides; answers are in bytes.
MOST_ROWS = 110
MOST_BYTES = 50_000
VIEWS = ["/", "/library", "/library?q=lamp", "/compare?term=lamp&term=keeper", "/?q=lamp"]


@pytest.fixture(scope="module")
def large_shelf(built_page: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("large")
    (folder / "books").mkdir()
    for number in range(BOOKS):
        words = f"The keeper lit lamp {number} and looked at the sea until the morning came.\n"
        (folder / f"books/the-lamp-of-tower-{number:03}.txt").write_text(words)
    build(load_shelf(folder / "books"), folder / "index", lambda step, done: None)
    with serving(folder / "index") as server:
        yield server


@pytest.fixture
def page(large_shelf: Server, open_window: Open) -> Page:
    return open_window(large_shelf, Look(width=390)).page


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_of_a_large_library_asks_for_no_more_than_it_shows(page: Page, view: str) -> None:
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))
    page.goto(view)
    page.wait_for_load_state("networkidle")
    asked = [answer for answer in answers if urlsplit(answer.url).path.startswith("/api/")]
    assert asked
    assert max(len(answer.body()) for answer in asked) <= MOST_BYTES
    assert page.locator("main").locator("li, tr").count() <= MOST_ROWS
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_library_asks_for_no_book_that_it_has(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/library?q=tower+123")
    expect(page.get_by_role("heading", level=2)).to_contain_text("123")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "book=" in url]


def test_a_large_library_is_filtered_and_read_to_its_end(page: Page) -> None:
    page.goto("/library")
    books = page.locator("main ol > li")
    expect(books.first).to_be_visible()
    first = books.count()
    page.get_by_role("button", name="more").click()
    expect(books).to_have_count(2 * first)
    page.locator("main").get_by_role("searchbox").fill("tower 123")
    expect(books).to_have_count(1)
    expect(page.get_by_role("heading", level=2)).to_contain_text("123")
