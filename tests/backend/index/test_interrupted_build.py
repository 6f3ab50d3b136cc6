"""A build that is stopped at any moment leaves the index that was there, and nothing that hinders the next one."""

import os
import random
import signal
import string
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.corpus.shelf import load_shelf
from app.index.build import build
from app.index.reader import IndexReader
from app.search.query import parse
from app.search.request import Deadline
from app.search.results import SearchRequest, search
from tests.backend.index.conftest import Command

Moment = Callable[[Path], bool]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals: run it on Linux or macOS")


def at_once(place: Path) -> bool:
    return True


def first_file(place: Path) -> bool:
    return (place / ".index.building").exists()


def writing_passages(place: Path) -> bool:
    return any((place / ".index.building").glob("segments/*/tantivy/*.store"))


@pytest.fixture(scope="module")
def long_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Books that take about a second to index."""
    chance = random.Random(1)
    words = ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 9))) for _ in range(4_000)]
    folder = tmp_path_factory.mktemp("long")
    for i in range(6):
        sentences = (" ".join(chance.choices(words, k=12)).capitalize() + ".\n\n" for _ in range(2_000))
        (folder / f"book{i}.txt").write_text("".join(sentences))
    return folder


def hits(index: IndexReader, text: str) -> int:
    return search(index, SearchRequest(parse(text)), Deadline(5)).hits


@pytest.fixture
def place(copied_index: Path) -> Iterator[Path]:
    """A directory with an index in use."""
    before = {path: path.stat().st_mtime_ns for path in copied_index.rglob("*")}
    with closing(IndexReader.open(copied_index)) as in_use:
        yield copied_index.parent
        assert hits(in_use, "lantern") == 4
    assert before == {path: path.stat().st_mtime_ns for path in copied_index.rglob("*")}


@pytest.mark.parametrize(
    ("sign", "moment"),
    [
        (signal.SIGKILL, at_once),
        (signal.SIGKILL, first_file),
        (signal.SIGKILL, writing_passages),
        (signal.SIGINT, first_file),
        (signal.SIGINT, writing_passages),
        (signal.SIGTERM, writing_passages),
    ],
)
def test_the_old_index_is_untouched_and_still_served(
    sign: signal.Signals, moment: Moment, place: Path, long_books: Path, command: Command
) -> None:
    process = command.start("app.index", "build", "--corpus", str(long_books), "--index", "index")
    stop(process, sign, lambda: moment(place))
    if sign is signal.SIGINT:
        assert process.returncode == 130
        assert ".index.building" not in names(place)
    with closing(IndexReader.open(place / "index")) as index:
        assert index.manifest.books == 5
        assert hits(index, "lantern") == 4


def test_ctrl_c_in_the_very_moment_the_directory_is_made_leaves_no_litter(
    tmp_path: Path, small_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir = os.mkdir

    def mkdir_then_ctrl_c(*arguments: Any) -> None:
        mkdir(*arguments)
        signal.raise_signal(signal.SIGINT)

    shelf = load_shelf(small_folder)
    monkeypatch.setattr(os, "mkdir", mkdir_then_ctrl_c)
    with pytest.raises(KeyboardInterrupt):
        build(shelf, tmp_path / "index", lambda step, done: None)
    assert names(tmp_path) == []


def test_the_next_build_works_and_leaves_no_litter(
    small_index_dir: Path, small_folder: Path, long_books: Path, command: Command, tmp_path: Path
) -> None:
    process = command.start("app.index", "build", "--corpus", str(long_books), "--index", "index")
    stop(process, signal.SIGKILL, lambda: writing_passages(tmp_path))
    assert names(tmp_path) == [".index.books", ".index.building"]
    written = build(load_shelf(small_folder), tmp_path / "index", lambda step, done: None)
    assert names(tmp_path) == [".index.books", "index"]
    with closing(IndexReader.open(tmp_path / "index")) as index:
        assert index.manifest == written


def test_a_process_that_has_the_old_index_open_serves_it_after_a_new_one_came(
    copied_index: Path, tmp_path: Path
) -> None:
    with closing(IndexReader.open(copied_index)) as in_use:
        (tmp_path / "one").mkdir()
        (tmp_path / "one" / "book.txt").write_text("A single lantern.\n")
        build(load_shelf(tmp_path / "one"), copied_index, lambda step, done: None)
        assert hits(in_use, "lantern") == 4
    with closing(IndexReader.open(copied_index)) as renewed:
        assert hits(renewed, "lantern") == 1


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def is_alive(process: str) -> bool:
    """Whether the process runs: one that has ended and is not yet collected has no command line any more."""
    try:
        return Path("/proc", process, "cmdline").read_bytes() != b""
    except OSError:
        return False


def stop(process: subprocess.Popen[str], sign: signal.Signals, reached: Callable[[], bool]) -> None:
    """Send the signal at the moment, and wait until the process has left and those that it started; it must not have
    ended by itself."""
    deadline = time.monotonic() + 30
    while not reached() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.001)
    assert process.poll() is None, f"ended before the moment: {process.communicate()}"
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    started = children.read_text().split() if children.exists() else []
    process.send_signal(sign)
    process.communicate(timeout=30)  # they have its output, so that this waits for them too
    assert not any(map(is_alive, started))
    assert process.returncode != 0
