"""The system's chromium, and pages in it that are watched: nothing may leave the origin, fail or break the policy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
Language = Literal["en", "ja"]
Theme = Literal["light", "dark"]
LANGUAGES: tuple[Language, ...] = ("en", "ja")
THEMES: tuple[Theme, ...] = ("light", "dark")

# What chromium says of an answer of status 400 or more, or of none.
_FAILED_REQUEST = "Failed to load resource"


@dataclass(frozen=True)
class Look:
    """What a person has chosen: language and theme in the browser, and how wide its window is."""

    lang: Language = "en"
    theme: Theme = "light"
    width: int = 1280

    def __str__(self) -> str:
        return f"{self.theme}-{self.lang}-{self.width}"


def program() -> str | None:
    """The path of the system's chromium, if there is a choice the one without windows, which takes half of the time."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def browsing(executable: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


def becomes_true(page: Page, expression: str) -> bool:
    """Whether the expression is true in a moment. Playwright's own waiting evaluates text, which the CSP forbids."""
    for _ in range(100):
        if page.evaluate(expression):
            return True
        page.wait_for_timeout(50)
    return False


class Window:
    """A person's browser, with a history and a storage of its own, on one origin. `complaints` should stay empty."""

    def __init__(self, browser: Browser, origin: str, look: Look, *, still: bool = True) -> None:
        self.origin = origin
        self.complaints: list[str] = []
        self.expects_failed_requests = False
        self.context: BrowserContext = browser.new_context(
            base_url=origin,
            locale={"en": "en-GB", "ja": "ja-JP"}[look.lang],
            color_scheme=look.theme,
            viewport={"width": look.width, "height": 844 if look.width < 600 else 900},
            reduced_motion="reduce" if still else "no-preference",
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.context.set_default_timeout(15_000)
        self.context.on("request", self._watch_request)
        self.context.on("console", self._watch_console)
        self.context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))
        self.page: Page = self.context.new_page()

    def close(self) -> None:
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.close()

    def _watch_request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and f"{url.scheme}://{url.netloc}" != self.origin:
            self.complaints.append(f"left the origin: {request.url}")

    def _watch_console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if not (self.expects_failed_requests and message.text.startswith(_FAILED_REQUEST)):
            self.complaints.append(f"console: {message.text} ({message.location['url']})")
