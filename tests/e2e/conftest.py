"""One server and one browser for all tests of a process, and a fresh window for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.corpus import nltk_corpus
from app.corpus.shelf import load_shelf
from app.index.build import build
from tests.e2e.browser import Look, Window, browsing, program
from tests.e2e.server import PAGE, Server, serving
from tests.real_books import nltk_index_dir as nltk_index_dir
from tests.real_books import nltk_shelf as nltk_shelf

Open = Callable[..., Window]
USUAL = Look()

# Other processes share the cores, so an answer may take its time.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = program()
    if executable is None:
        pytest.skip("needs a browser: install chromium (apt-get install chromium-headless-shell), or put it on PATH")
    with browsing(executable) as browser:
        yield browser


@pytest.fixture(scope="session")
def built_page() -> None:
    """The page as it ships."""
    if not (PAGE / "index.html").is_file():
        pytest.skip("needs the built page: make test builds it, or npm run build in frontend/")


@pytest.fixture(scope="session")
def server(built_page: None, nltk_index_dir: Path) -> Iterator[Server]:
    """The 18 books, not to be stopped."""
    with serving(nltk_index_dir) as server:
        yield server


@pytest.fixture
def own_server(built_page: None, sample_index_dir: Path) -> Iterator[Server]:
    """A server over the sample shelf for one test, which may stop and start it."""
    with serving(sample_index_dir) as server:
        yield server


@pytest.fixture(scope="session")
def sample_index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index that a person without a network gets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nltk_corpus, "read", lambda download_dir: None)
        shelf = load_shelf()
    target = tmp_path_factory.mktemp("sample") / "index"
    build(shelf, target, lambda step, done: None)
    return target


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Open]:
    """Opens windows. At the end of the test none of them may have left the origin or logged an error."""
    windows: list[Window] = []

    def open_window(server: Server, look: Look = USUAL, *, still: bool = True) -> Window:
        windows.append(Window(browser, server.origin, look, still=still))
        return windows[-1]

    yield open_window
    for window in windows:
        window.close()
    assert [complaint for window in windows for complaint in window.complaints] == []


@pytest.fixture
def window(server: Server, open_window: Open) -> Window:
    """A window in English and light, 1280 wide, on the real books."""
    return open_window(server)


@pytest.fixture
def page(window: Window) -> Page:
    return window.page
