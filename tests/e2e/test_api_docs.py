"""The description of the API at /api/docs, in a browser that reaches nothing but the application."""

from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.server import Server


def test_the_api_is_described_within_the_policy_and_without_a_network(own_server: Server, open_window: Open) -> None:
    page = open_window(own_server).page
    page.goto("/api/docs")
    expect(page.get_by_role("heading", name="Gutenberg Search")).to_be_visible()
    for path in ("/search", "/concordance", "/books/{book}/words"):
        expect(page.locator(f'[data-path="{path}"]')).to_be_visible()
    expect(page.get_by_role("main")).to_have_count(1)


def test_a_request_is_tried_out_where_the_api_is(own_server: Server, open_window: Open) -> None:
    page = open_window(own_server).page
    page.goto("/api/docs")
    page.locator('[data-path="/search"]').click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_placeholder("q", exact=True).fill("stranger")
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".request-url")).to_contain_text(f"{own_server.origin}/api/search?q=stranger")
    expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
