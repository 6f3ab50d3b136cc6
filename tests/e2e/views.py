"""Every view of the page, by name, in whatever language: for the accessibility checks and for the screenshots."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class View:
    """A path, what is done there, and what is then to be seen. `fails` when the API refuses what the path asks for."""

    path: str
    shown: Callable[[Page], Locator]
    act: Callable[[Page], None] = lambda page: None
    fails: bool = False

    def open(self, page: Page) -> None:
        """Opens the view, and returns when it is complete."""
        page.goto(self.path)
        self.act(page)
        expect(self.shown(page).first).to_be_visible()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)


def _passage(page: Page) -> Locator:
    return page.get_by_test_id("passage")


def _place(page: Page) -> Locator:
    return page.get_by_test_id("place")


def _chosen(page: Page) -> Locator:
    return page.locator("[data-chosen]")


def _mark(page: Page) -> Locator:
    return page.locator("mark")


def _heading(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("heading", level=2)


def _message(page: Page) -> Locator:
    return page.get_by_role("alert")


def _type(page: Page) -> None:
    page.get_by_role("combobox").press_sequentially("whal")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")


def _unfold_filters(page: Page) -> None:
    filters = page.get_by_role("main").locator("details")
    expect(filters).to_be_visible()
    if filters.get_attribute("open") is None:
        filters.locator("summary").click()
    expand = page.get_by_role("group").get_by_role("button")
    expect(page.get_by_role("checkbox", checked=True).first).to_be_visible()
    if expand.count():
        expand.first.click()


def _focus_strip(page: Page) -> None:
    page.get_by_role("slider").first.press("End")


def _start_watching(page: Page) -> None:
    page.get_by_role("region").locator("button.primary").click()


def _show_keys(page: Page) -> None:
    expect(page.get_by_role("link").nth(6)).to_be_visible()
    page.keyboard.press("?")


VIEWS = {
    "start": View("/", lambda page: page.get_by_role("link", name="Moby-Dick")),
    "suggestions": View("/", lambda page: page.get_by_role("option", selected=True), _type),
    "books": View("/?q=love", _passage),
    "books-strip": View("/?q=ophelia", lambda page: page.locator(".strip p"), _focus_strip),
    "passages": View("/?q=love&view=passages", _passage),
    "concordance": View("/?q=love&view=concordance&order=r1&order=l1", lambda page: page.get_by_role("table")),
    "collocates": View("/?q=whale&view=collocates", lambda page: page.get_by_role("table")),
    "words": View("/words/melville-moby_dick", lambda page: page.get_by_role("table")),
    "filters": View(
        "/?q=love&book=austen-emma&book=shakespeare-hamlet",
        lambda page: page.get_by_role("checkbox", checked=True),
        _unfold_filters,
    ),
    "corrected": View("/?q=marraige", _passage),
    "some-words": View("/?q=whale+Desdemona+leviathan+Emma", _passage),
    "read-differently": View(
        "/?q=author:melville+(whale+OR+shark^2)+AND+%22white+wh*",
        lambda page: page.get_by_role("main").locator("code mark"),
    ),
    "place": View("/?q=Luke+2:1-7,+15", _place),
    "nearest-place": View("/?q=Hamlet+3.1.999", _place),
    "nothing": View("/?q=xqzvwk&book=austen-emma", _heading),
    "error": View("/?q=-whale", _message, fails=True),
    "prose": View("/read/melville-moby_dick/1?q=whale", _mark),
    "play": View("/read/shakespeare-hamlet/3.1?q=love", _mark),
    "verse": View("/read/milton-paradise/1?q=heaven", _mark),
    "scripture": View("/read/bible-kjv/genesis.1?q=light#3-5,14", _chosen),
    "lines": View("/read/shakespeare-hamlet/3.1#63-97", _chosen),
    "unknown-book": View("/read/no-such-book/1", _message, fails=True),
    "unknown-section": View("/read/austen-emma/no-such-section", _message, fails=True),
    "unknown-words": View("/words/no-such-book", _message, fails=True),
    "wrong-filter": View("/?q=love&book=no-such-book&author=Jane+Austen", _passage, fails=True),
    "wrong-query-of-a-text": View("/read/melville-moby_dick/1?q=-whale", _message, fails=True),
    "compare-start": View("/compare", lambda page: page.get_by_role("main").get_by_role("listitem")),
    "compare": View("/compare?term=love&term=hate&term=heart", lambda page: page.get_by_role("table")),
    "compare-wrong": View("/compare?term=love&term=-hate", _message, fails=True),
    "library": View("/library", _heading),
    "about": View("/about", lambda page: page.locator("section svg g"), _start_watching),
    "keys": View("/", lambda page: page.get_by_role("dialog"), _show_keys),
    "missing": View("/nowhere", lambda page: page.get_by_role("main").get_by_role("link")),
}
