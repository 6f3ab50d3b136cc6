"""Calls, and books prepared, by several processes."""

from multiprocessing import active_children
from pathlib import Path

import pytest

from app.corpus.errors import CorpusError
from app.corpus.shelf import load_shelf
from app.index.cores import cores
from app.index.errors import ProcessLost
from app.index.prepared import prepare_all
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
    with cores(1) as one, cores(3) as three:
        assert len(active_children()) == 3
        assert dict(prepare_all(sources, one)) == dict(prepare_all(sources, three))
    assert active_children() == []


@pytest.mark.parametrize("processes", [1, 2])
def test_a_call_that_was_begun_gives_its_result_later(processes: int) -> None:
    with cores(processes) as some:
        begun = some.begin(divmod, 17, 5)
        assert dict(some.each(pow, [(2, 3), (3, 2), (2, 0)])) == {0: 8, 1: 9, 2: 1}
        assert begun() == (3, 2)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_call_that_fails_raises_where_its_result_is_asked_for(processes: int) -> None:
    with cores(processes) as some:
        begun = some.begin(divmod, 17, 0)
        with pytest.raises(ZeroDivisionError):
            begun()


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
    with pytest.raises(CorpusError, match=r"empty\.txt has no words"), cores(2) as two:
        list(prepare_all(load_shelf(long_folder).sources, two))
    assert active_children() == []


def test_who_wants_no_more_books_leaves_no_processes(long_folder: Path) -> None:
    with cores(2) as two:
        next(prepare_all(load_shelf(long_folder).sources, two))
    assert active_children() == []


def test_a_process_that_was_killed_is_said_in_one_line(long_folder: Path) -> None:
    with cores(2) as two:
        books = prepare_all(load_shelf(long_folder).sources, two)
        next(books)
        for process in active_children():
            process.kill()
        with pytest.raises(ProcessLost, match="killed, most likely for want of memory"):
            list(books)
