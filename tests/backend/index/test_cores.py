"""Books prepared by several processes."""

from contextlib import closing
from multiprocessing import active_children
from pathlib import Path

import pytest

from app.corpus.errors import CorpusError
from app.corpus.shelf import load_shelf
from app.index.cores import prepare_all
from app.index.errors import ProcessLost
from tests.backend.index.conftest import Command


@pytest.fixture
def long_folder(tmp_path: Path) -> Path:
    """Books enough for two processes, of which they need a second."""
    folder = tmp_path / "long"
    folder.mkdir()
    for i in range(4):
        (folder / f"book{i}.txt").write_text(f"The whale of book {i} swam on.\n\n" * 15_000)
    return folder


def test_books_are_the_same_from_any_number_of_processes(small_folder: Path) -> None:
    sources = load_shelf(small_folder).sources
    assert dict(prepare_all(sources, 1)) == dict(prepare_all(sources, 3))
    assert active_children() == []


def test_a_book_without_words_is_named_by_the_command(command: Command, long_folder: Path) -> None:
    (long_folder / "empty.txt").write_text("...")
    done = command.run("app.index", "build", "--corpus", str(long_folder), "--index", "index")
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        "error: The book empty.txt has no words. Put its text into the file, or remove the file."
    ]
    assert [path.name for path in command.cwd.iterdir()] == ["long"]


def test_an_error_ends_all_processes(long_folder: Path) -> None:
    (long_folder / "empty.txt").write_text("...")
    with pytest.raises(CorpusError, match=r"empty\.txt has no words"):
        list(prepare_all(load_shelf(long_folder).sources, 2))
    assert active_children() == []


def test_who_wants_no_more_books_leaves_no_processes(long_folder: Path) -> None:
    with closing(prepare_all(load_shelf(long_folder).sources, 2)) as books:
        next(books)
    assert active_children() == []


def test_a_process_that_was_killed_is_said_in_one_line(long_folder: Path) -> None:
    books = prepare_all(load_shelf(long_folder).sources, 2)
    next(books)
    for process in active_children():
        process.kill()
    with pytest.raises(ProcessLost, match="killed, most likely for want of memory"):
        list(books)
