"""The README's picture, and with a directory every view in both themes and languages, wide and on a phone.

python -m tests.e2e.screenshots [DIR]
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.browser import LANGUAGES, THEMES, Look, Window, browsing, program
from tests.e2e.server import PAGE, ROOT, Server, serving
from tests.e2e.views import VIEWS

README_PICTURE = ROOT / "docs/search.png"
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
            take_one(browser, server)
    return 0


def take_one(browser: Browser, server: Server) -> None:
    """The results for love, as a visitor of the repository sees them first."""
    README_PICTURE.parent.mkdir(exist_ok=True)
    with window(browser, server, Look()) as shown:
        VIEWS["books"].open(shown.page)
        shown.page.mouse.move(0, 0)
        shown.page.screenshot(path=README_PICTURE, animations="disabled", scale="css")


def take_all(browser: Browser, server: Server, directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        for name, view in VIEWS.items():
            with window(browser, server, look) as shown:
                view.open(shown.page)
                shown.page.screenshot(path=directory / f"{name}-{look}.png", animations="disabled")
        print(f"{look}: {len(VIEWS)} views")


@contextmanager
def window(browser: Browser, server: Server, look: Look) -> Iterator[Window]:
    opened = Window(browser, server.origin, look)
    yield opened
    opened.close()


if __name__ == "__main__":
    sys.exit(main())
