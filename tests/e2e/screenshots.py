"""The pictures of the documents, and with a directory every view in both themes and languages, wide and on a phone.

python -m tests.e2e.screenshots [DIR]
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from bootstrap.processes import ROOT
from gitops.practice.formats import Format, write
from tests.e2e.browser import LANGUAGES, THEMES, Look, Window, browsing, program
from tests.e2e.example_report import REPORT
from tests.e2e.server import PAGE, Server, serving
from tests.e2e.views import VIEWS

PICTURES = ROOT / "docs"
OLD = {"version": "1.0", "commit": "5d9c2f1", "pod_name": "backend-6c8f7d9b5-x2k4p"}
NEW = {"version": "1.1", "commit": "e07b6aa", "pod_name": "backend-7b4d5c6f8-9qwz7"}
DEFAULT = Look()
LOOKS = [Look(lang, theme, width) for lang, theme, width in product(LANGUAGES, THEMES, (1280, 390))]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.screenshots", description=__doc__)
    parser.add_argument("directory", type=Path, nargs="?", help="where every view is written to, for a person to see")
    parser.add_argument("--index", type=Path, default=ROOT / "build/index", help="the index that is shown")
    options = parser.parse_args()
    executable = program()
    if executable is None or not (PAGE / "index.html").is_file():
        print("error: this needs chromium on PATH, and the built page: make run", file=sys.stderr)
        return 1
    with serving(options.index.resolve()) as server, browsing(executable) as browser:
        if options.directory:
            take_all(browser, server, options.directory)
        else:
            take_pictures(browser, server, options.index.resolve())
    return 0


def take_pictures(browser: Browser, server: Server, index: Path) -> None:
    """Takes the pictures of the documents, as a visitor of the repository first sees the page."""
    for name, view in {"search": "books", "reader": "lines"}.items():
        with window(browser, server.origin) as page:
            VIEWS[view].open(page)
            save(page, name)
    with serving(index, **OLD) as replaced, window(browser, replaced.origin) as page:
        watch_a_rollout(page, replaced)
        save(page, "rollout")
    with TemporaryDirectory() as directory, window(browser, "file://") as page:
        (report := Path(directory, "report.html")).write_text(write(REPORT, Format.HTML), encoding="utf-8")
        page.goto(report.as_uri())
        save(page, "practice-report")


def watch_a_rollout(page: Page, server: Server) -> None:
    """Watches a rollout until the pod that replaces the first one has answered for a while."""
    VIEWS["about"].open(page)
    page.wait_for_timeout(5000)
    server.stop()
    server.start(**NEW)
    page.wait_for_timeout(8000)


def save(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", scale="css")


def take_all(browser: Browser, server: Server, directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        for name, view in VIEWS.items():
            with window(browser, server.origin, look) as page:
                view.open(page)
                page.screenshot(path=directory / f"{name}-{look}.png", animations="disabled")
        print(f"{look}: {len(VIEWS)} views")


@contextmanager
def window(browser: Browser, origin: str, look: Look = DEFAULT) -> Iterator[Page]:
    opened = Window(browser, origin, look)
    yield opened.page
    opened.close()


if __name__ == "__main__":
    sys.exit(main())
