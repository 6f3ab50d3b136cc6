import gc
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.corpus.model import ShelfKind
from app.corpus.shelf import load_shelf
from app.index import command as command_line
from app.index import manifest
from app.index.build import build
from app.index.errors import TargetRefused
from app.index.reader import IndexReader
from tests.backend.index.conftest import Command


def silent(step: str, done: float) -> None:
    pass


def listing(directory: Path) -> dict[str, bytes]:
    files = (path for path in directory.rglob("*") if path.is_file())
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in files}


def test_the_same_corpus_gives_the_same_manifest(small_folder: Path, small_index_dir: Path, tmp_path: Path) -> None:
    again = build(load_shelf(small_folder), tmp_path / "index", silent)
    assert again == manifest.read(small_index_dir)
    first, second = listing(small_index_dir), listing(tmp_path / "index")
    by_chance = (manifest.CHECKSUMS_FILE, manifest.SIZES_FILE)  # tantivy names its files so
    ours = [name for name in first if "/tantivy/" not in name and name not in by_chance]
    assert sorted(Path(name).name for name in ours) == ["books.zip", "manifest.json", "names.zip", "vocabulary.zip"]
    assert {name: first[name] for name in ours} == {name: second[name] for name in ours}


def test_another_text_gives_another_digest(small_folder: Path, small_index_dir: Path, tmp_path: Path) -> None:
    books = Path(shutil.copytree(small_folder, tmp_path / "books"))
    (books / "orchard.txt").write_text("CHAPTER I\n\nOne pear.\n")
    changed = build(load_shelf(books), tmp_path / "index", silent)
    assert changed.corpus != manifest.read(small_index_dir).corpus


def test_the_manifest_counts_what_is_there(small_index: IndexReader) -> None:
    manifest = small_index.manifest
    assert (manifest.shelf.value, manifest.books, manifest.passages) == ("own", 5, small_index.books.passage_count)
    assert manifest.words == sum(small_index.vocabulary.count(word) for word in small_index.vocabulary.words)
    assert manifest.distinct_words == len(small_index.vocabulary.words)
    assert manifest.characters == sum(book.length for book in small_index.books.books)


def test_the_manifest_of_the_real_books_counts_them(nltk_index: IndexReader) -> None:
    manifest = nltk_index.manifest
    assert (manifest.shelf.value, manifest.books) == ("nltk", 18)
    assert 15_000 < manifest.passages < 25_000
    assert 2_000_000 < manifest.words < 2_200_000


def test_progress_goes_from_the_first_step_to_the_end_of_the_last(small_folder: Path, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    build(load_shelf(small_folder), tmp_path / "index", lambda step, done: told.append((step, done)))
    assert told[0][1] == 0
    assert told[-1] == ("index", 1.0)
    assert all(0 <= done <= 1 for _, done in told)


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    books = tmp_path / "old-books"
    books.mkdir()
    (books / "one.txt").write_text("An old book about a whale.\n")
    build(load_shelf(books), tmp_path / "index", silent)
    yield tmp_path / "index"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".index.books", "index", "old-books"], "litter"


def test_a_new_index_takes_the_place_of_the_old_one(old: Path, small_folder: Path) -> None:
    written = build(load_shelf(small_folder), old, silent)
    with closing(IndexReader.open(old)) as index:
        assert index.manifest == written


def test_a_build_that_fails_leaves_the_old_index_as_it_was(old: Path, small_folder: Path) -> None:
    before = listing(old)

    def fail(step: str, done: float) -> None:
        if step == "index":
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        build(load_shelf(small_folder), old, fail)
    assert listing(old) == before


def test_a_build_that_was_killed_between_two_renames_is_repaired_by_the_next(old: Path, small_folder: Path) -> None:
    old.rename(old.with_name(".index.previous"))
    old.with_name(".index.building").mkdir()

    def fail(step: str, done: float) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        build(load_shelf(small_folder), old, fail)
    with closing(IndexReader.open(old)) as index:
        assert index.manifest.books == 1


def test_a_directory_that_is_no_index_is_never_replaced(small_folder: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    with pytest.raises(TargetRefused, match="is not an index"):
        build(load_shelf(small_folder), precious, silent)
    assert listing(precious) == {"thesis.txt": b"years of work"}


def test_an_empty_directory_and_a_damaged_index_are_replaced(small_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    build(load_shelf(small_folder), tmp_path / "index", silent)
    (tmp_path / "index" / manifest.MANIFEST_FILE).unlink()
    build(load_shelf(small_folder), tmp_path / "index", silent)
    IndexReader.open(tmp_path / "index").close()


def test_the_command_says_what_it_has_indexed(command: Command, small_folder: Path, tmp_path: Path) -> None:
    done = command.run("app.index", "build", "--corpus", str(small_folder), "--index", "index")
    assert done.returncode == 0, done.stderr
    assert "5 books of your own" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [".index.books", "index"]


def test_the_command_says_of_one_book_that_it_is_one(command: Command, tmp_path: Path) -> None:
    (tmp_path / "alone.txt").write_text("It was a book among no others.")
    done = command.run("app.index", "build", "--corpus", ".", "--index", "index")
    assert "Indexed 1 book of your own" in done.stderr


def test_the_sample_shelf_comes_with_the_reason_and_with_the_command_that_gets_the_real_books(
    small_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    samples = replace(load_shelf(small_folder), kind=ShelfKind.SAMPLE, notice="It could not be had.")
    monkeypatch.setattr(command_line, "load_shelf", lambda *_: samples)
    monkeypatch.setattr(sys, "argv", ["app.index", "build", "--index", str(tmp_path / "index")])
    monkeypatch.setattr(gc, "disable", lambda: None)
    assert command_line.main() == 0
    said = capsys.readouterr().err
    assert "It could not be had. With a network, make run gets the real books.\n" in said
    assert "Indexed the sample shelf of 5 short texts: " in said


def test_a_matching_index_is_not_built_again_if_not_needed(
    command: Command, small_folder: Path, copied_index: Path
) -> None:
    before = listing(copied_index)
    words = ("app.index", "build", "--if-needed", "--corpus", str(small_folder), "--index", str(copied_index))
    done = command.run(*words)
    assert (done.returncode, listing(copied_index)) == (0, before)
    assert "matches the corpus" in done.stderr
    (copied_index / "names.zip").write_bytes(b"spoilt")
    assert "Indexed 5 books" in command.run(*words).stderr
    IndexReader.open(copied_index).close()


@pytest.mark.parametrize(
    ("corpus", "target", "status", "said"),
    [
        ("nowhere", "index", 1, "nowhere"),
        ("books", "books", 1, "is not an index, so it is not replaced"),
        ("books", "/proc/nowhere/index", 1, "cannot be written"),
        ("books", "books/orchard.txt", 1, "cannot be written"),
    ],
)
def test_a_build_that_cannot_be_done_gives_one_line(
    command: Command, small_folder: Path, corpus: str, target: str, status: int, said: str
) -> None:
    shutil.copytree(small_folder, command.cwd / "books")
    done = command.run("app.index", "build", "--corpus", corpus, "--index", target)
    lines = done.stderr.strip().splitlines()
    assert (done.returncode, len(lines)) == (status, 1), done.stderr
    assert lines[0].startswith("error: ")
    assert said in lines[0]
    assert sorted(path.name for path in command.cwd.iterdir()) == ["books"]


def test_a_setting_that_is_not_valid_stops_the_build_in_one_line(command: Command) -> None:
    done = command.run("app.index", "build", GUTENBERG_PORT="many")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("error: GUTENBERG_PORT='many'")


def test_every_file_can_be_read_by_another_user(small_index_dir: Path) -> None:
    files = [path for path in small_index_dir.rglob("*") if path.is_file()]
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in files)
