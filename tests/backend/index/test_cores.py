"""Calls, and books prepared, by several processes."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from app.corpus.errors import CorpusError, Rejection
from app.corpus.shelf import load_shelf
from app.index.build import build
from app.index.cores import Cores, cores
from app.index.errors import ProcessLost
from app.index.prepared_file import PreparedFile, prepare_all

MIB = 200
"""That the calls below allocate."""


@pytest.fixture
def long_folder(tmp_path: Path) -> Path:
    """Books enough for two processes, of which they need a second."""
    folder = tmp_path / "long"
    folder.mkdir()
    for i in range(4):
        (folder / f"book{i}.txt").write_text(f"The whale of book {i} swam on.\n\n" * 15_000)
    return folder


def prepare(books: Path, folder: Path, some: Cores) -> Iterator[tuple[int, PreparedFile | Rejection]]:
    folder.mkdir(exist_ok=True)
    shelf = load_shelf(books)
    return prepare_all(list(zip(shelf.sources, shelf.digests, strict=True)), folder, "recipe", some)


_kept: list[object] = []


def strew() -> bytes:
    """Allocates many small pieces, and keeps the last one, above which nothing is free."""
    pieces = [bytes(1000) for _ in range(MIB * 1000)]
    _kept.append(pieces[-1])
    return pieces[-1]


def entangle() -> bytes:
    """Allocates what refers to itself."""
    circle: list[object] = [bytes(1000) for _ in range(MIB * 1000)]
    circle.append(circle)
    return bytes(1)


def resident() -> float:
    """The resident memory of this process, in MiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def test_books_are_the_same_from_any_number_of_processes(small_folder: Path, tmp_path: Path) -> None:
    with cores(1) as one, cores(3) as three:
        assert len(active_children()) == 3
        alone = dict(prepare(small_folder, tmp_path / "one", one))
        together = dict(prepare(small_folder, tmp_path / "three", three))
    assert active_children() == []
    assert sorted(alone) == sorted(together) == list(range(5))
    for book, file in alone.items():
        other = together[book]
        assert isinstance(file, PreparedFile)
        assert isinstance(other, PreparedFile)
        assert file.path.name == other.path.name
        assert file.load() == other.load()


@pytest.mark.parametrize("processes", [1, 2])
def test_each_call_gives_its_result_with_its_place(processes: int) -> None:
    with cores(processes) as some:
        assert dict(some.each([partial(pow, 2, 3), partial(divmod, 17, 5), partial(pow, 2, 0)])) == {
            0: 8,
            1: (3, 2),
            2: 1,
        }


@pytest.mark.parametrize("processes", [1, 2])
def test_a_call_that_fails_raises_where_its_result_is_asked_for(processes: int) -> None:
    with cores(processes) as some:
        results = some.each([partial(divmod, 17, 0)])
        with pytest.raises(ZeroDivisionError):
            next(results)


def test_a_file_that_is_no_book_is_named_and_the_others_are_prepared(long_folder: Path, tmp_path: Path) -> None:
    (long_folder / "empty.txt").write_text("...")
    with cores(2) as two:
        outcomes = dict(prepare(long_folder, tmp_path / "files", two))
    assert str(outcomes[4]) == "empty.txt has no words. Put its text there, or remove it."
    assert [one for one in outcomes.values() if isinstance(one, Rejection)] == [outcomes[4]]


def test_a_build_refuses_such_a_file_unless_it_is_accepted(long_folder: Path, tmp_path: Path) -> None:
    (long_folder / "empty.txt").write_text("...")
    with pytest.raises(CorpusError, match=r"empty\.txt has no words"):
        build(load_shelf(long_folder), tmp_path / "index", lambda step, done: None)
    assert active_children() == []
    assert not (tmp_path / "index").exists()


def test_an_error_ends_all_processes() -> None:
    with pytest.raises(ZeroDivisionError), cores(2) as two:
        list(two.each([partial(divmod, 17, 5), partial(divmod, 17, 0)]))
    assert active_children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems return memory by themselves")
@pytest.mark.parametrize("fill", [strew, entangle])
def test_what_a_call_has_freed_is_returned_to_the_system(fill: Callable[[], bytes]) -> None:
    with cores(2) as two:
        before = min(mib for _, mib in two.each([resident, resident]))
        last = [piece for _, piece in two.each([fill, fill])]
        after = max(mib for _, mib in two.each([resident, resident]))
    assert len(last) == 2
    assert after - before < MIB / 2


def test_who_wants_no_more_books_leaves_no_processes(long_folder: Path, tmp_path: Path) -> None:
    with cores(2) as two:
        next(prepare(long_folder, tmp_path / "files", two))
    assert active_children() == []


def test_a_process_that_was_killed_is_said_in_one_line(long_folder: Path, tmp_path: Path) -> None:
    with cores(2) as two:
        books = prepare(long_folder, tmp_path / "files", two)
        next(books)
        for process in active_children():
            process.kill()
        with pytest.raises(ProcessLost, match="killed, most likely for want of memory"):
            list(books)
