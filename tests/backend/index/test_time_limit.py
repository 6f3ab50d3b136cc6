"""A book that would keep a processor busy for hours is left out, and the others are built."""

import re
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.corpus import time_limit
from app.corpus.catalog import Entry
from app.corpus.model import ShelfKind, Source
from app.corpus.shelf import Shelf
from app.corpus.unread import InMemory
from app.index.build import build
from app.index.report import Report
from tests.backend.index.test_build import silent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a timer of POSIX: run it on Linux or macOS")

SHORT = InMemory(Source("short", "It was a bright cold day in April."), Entry(title="Short", language="en"))


@dataclass(frozen=True, slots=True)
class Endless:
    """A book on which a regular expression would be tried in more ways than there is time for."""

    id = name = "endless.txt"
    size = 1_000

    def content(self) -> bytes:
        return b"endless"

    def read(self) -> tuple[Source, Entry]:
        re.match("(a+)+b", "a" * 100)
        return SHORT.read()


def test_a_book_that_takes_too_long_to_read_is_left_out_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(time_limit, "SECONDS", 0.5)
    reports: list[Report] = []
    written = build(
        Shelf(ShelfKind.OWN, "sha256:", [Endless(), SHORT], [b"endless", b"short"]),
        tmp_path / "index",
        silent,
        reports.append,
    )
    assert written.books == 1
    (rejection,) = reports[0].rejected
    assert str(rejection) == "endless.txt takes more than 1 s of processor time to read. Remove it, or split it."


def test_a_book_that_was_read_in_time_leaves_no_limit_behind() -> None:
    with time_limit.limited(SHORT):
        pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
