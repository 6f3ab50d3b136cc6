"""What was prepared of a book is taken again by the next build, as long as nothing has changed that decides it."""

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.corpus.model import ShelfKind
from app.corpus.shelf import load_shelf
from app.index import grouping, manifest
from app.index.archive import Archive
from app.index.build import build
from app.index.reader import IndexReader
from app.index.segment import ARCHIVE_FILE, SEGMENTS_DIR
from app.models.results import SearchAnswer
from app.search.query import parse
from app.search.request import Deadline
from app.search.results import SearchRequest, Sort, search
from tests.backend.index.test_build import listing, silent

KEPT = ".index.books"


@pytest.fixture
def books(small_folder: Path, tmp_path: Path) -> Path:
    """Books of one's own, of which there is an index."""
    folder = Path(shutil.copytree(small_folder, tmp_path / "books"))
    build(load_shelf(folder), tmp_path / "index", silent)
    return folder


def kept(place: Path) -> dict[str, int]:
    """The prepared books, and when each was written."""
    return {path.name: path.stat().st_mtime_ns for path in (place / KEPT).iterdir()}


def ours(index: Path) -> dict[str, bytes]:
    """The files of an index without those that tantivy names by chance."""
    files = listing(index).items()
    by_chance = (manifest.CHECKSUMS_FILE, manifest.SIZES_FILE)
    return {name: content for name, content in files if "tantivy/" not in name and name not in by_chance}


def answers(index: IndexReader, text: str) -> list[SearchAnswer]:
    """The answers to the question, in every order."""
    return [search(index, SearchRequest(parse(text), sort=sort), Deadline(5)) for sort in Sort]


def test_a_new_book_alone_is_prepared_and_the_index_is_that_of_a_fresh_build(books: Path, tmp_path: Path) -> None:
    before = kept(tmp_path)
    (books / "new.txt").write_text("CHAPTER I\n\nA gardener, whose lantern was gerrymandered.\n")
    build(load_shelf(books), tmp_path / "index", silent)
    after = kept(tmp_path)
    assert {name: after.get(name) for name in before} == before
    assert len(after) == len(before) + 1
    build(load_shelf(books), tmp_path / "fresh", silent)
    assert ours(tmp_path / "index") == ours(tmp_path / "fresh")


def test_books_that_left_the_shelf_are_not_kept(books: Path, tmp_path: Path) -> None:
    before = kept(tmp_path)
    (books / "travels.txt").write_text("CHAPTER I\n\nAnother journey.\n")
    build(load_shelf(books), tmp_path / "index", silent)
    after = kept(tmp_path)
    assert len(after) == len(before) == 5
    assert len(after.keys() & before.keys()) == 4


def test_a_catalogue_that_says_something_else_prepares_its_book_again(books: Path, tmp_path: Path) -> None:
    before = kept(tmp_path)
    catalogue = books / "catalog.toml"
    catalogue.write_text(catalogue.read_text().replace("The Orchard", "The Garden"))
    build(load_shelf(books), tmp_path / "index", silent)
    assert len(kept(tmp_path).keys() - before.keys()) == 1
    with closing(IndexReader.open(tmp_path / "index")) as index:
        assert "The Garden" in [book.title for book in index.books.books]


def test_other_code_takes_nothing_of_an_earlier_build(
    books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(tmp_path)
    monkeypatch.setattr(manifest, "recipe", lambda: "sha256:other")
    build(load_shelf(books), tmp_path / "index", silent)
    assert kept(tmp_path).keys().isdisjoint(before)


def test_a_damaged_book_is_prepared_again(books: Path, tmp_path: Path) -> None:
    whole = ours(tmp_path / "index")
    for number, path in enumerate(sorted((tmp_path / KEPT).iterdir())):
        content = path.read_bytes()
        middle = len(content) // 2
        damaged = (b"", content[:middle], content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        path.write_bytes(damaged[number % 3])
    build(load_shelf(books), tmp_path / "index", silent)
    assert ours(tmp_path / "index") == whole


def test_a_build_that_was_stopped_goes_on_where_it_was(books: Path, tmp_path: Path) -> None:
    def stop(step: str, done: float) -> None:
        if step == "passages" and done > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(load_shelf(books), tmp_path / "other", stop)
    done = {path.name: path.stat().st_mtime_ns for path in (tmp_path / ".other.books").iterdir()}
    assert 0 < len(done) < 5
    build(load_shelf(books), tmp_path / "other", silent)
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / ".other.books").iterdir()}
    assert {name: after[name] for name in done} == done
    assert ours(tmp_path / "other") == ours(tmp_path / "index")


def test_of_other_shelves_than_ones_own_nothing_is_kept(books: Path, tmp_path: Path) -> None:
    build(replace(load_shelf(books), kind=ShelfKind.NLTK), tmp_path / "nltk", silent)
    assert sorted(path.name for path in tmp_path.iterdir()) == [KEPT, "books", "index", "nltk"]


@pytest.fixture
def several(books: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of the same books, each in a segment of its own."""
    monkeypatch.setattr(grouping, "_MOST", 100)
    build(load_shelf(books), tmp_path / "several", silent)
    return tmp_path / "several"


def segments(index: Path) -> dict[str, frozenset[int]]:
    """The files of each segment by its name; another index may have some of them too."""
    folders = (index / SEGMENTS_DIR).iterdir()
    return {one.name: frozenset(path.stat().st_ino for path in one.rglob("*") if path.is_file()) for one in folders}


def changed(index: Path, books: Path) -> int:
    """How many of its segments the next build writes again, of those with the same books."""
    before = segments(index)
    build(load_shelf(books), index, silent)
    after = segments(index)
    manifest.verify(index)
    return sum(after[name] != before[name] for name in after.keys() & before.keys())


def test_an_index_in_several_segments_answers_as_one_in_a_single_segment(several: Path, tmp_path: Path) -> None:
    with closing(IndexReader.open(several)) as parted, closing(IndexReader.open(tmp_path / "index")) as single:
        assert parted.searcher.num_segments == 5
        assert single.searcher.num_segments == 1
        for question in ("lantern", "love whale", '"to be"', "the orchard", "gard*", "lantern OR pears"):
            assert answers(parted, question) == answers(single, question)


def test_segments_stay_as_they_are_unless_their_books_or_what_is_said_of_their_words_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "_MOST", 100)
    books, index = tmp_path / "books", tmp_path / "index"
    books.mkdir()
    sentence = "He saw that one pear and two plums were in the garden with three ships. "
    for name in ("a", "b", "c"):  # all words are as frequent as each other, so that a few more make no other frequent
        (books / f"{name}.txt").write_text(sentence * 200 + f"He saw zorbles of {name}.")
    build(load_shelf(books), index, silent)
    assert changed(index, books) == 0
    (books / "bb.txt").write_text("He saw the bandersnatch in the garden. " * 9)
    assert changed(index, books) == 0
    (books / "d.txt").write_text("He saw a single zorble in the garden. " * 9)  # the plural is zorbles
    assert changed(index, books) == 3
    with closing(IndexReader.open(index)) as reader:
        assert {book.id for book in answers(reader, "zorble")[0].books or ()} == {"a", "b", "c", "d"}
    (books / "bb.txt").unlink()
    assert changed(index, books) == 0
    build(load_shelf(books), tmp_path / "fresh", silent)
    assert ours(index) == ours(tmp_path / "fresh")


@pytest.mark.parametrize("member", ["outlines.json", "sections.json", "words.txt", "tallies.bin", "text.bin", None])
def test_a_damaged_segment_is_made_anew_wherever_the_damage_is(books: Path, several: Path, member: str | None) -> None:
    whole = ours(several)
    segment = next((several / SEGMENTS_DIR).iterdir())
    damaged = segment / ARCHIVE_FILE if member else next(segment.rglob("*.idx"))
    content = bytearray(damaged.read_bytes())
    span = Archive(damaged).span(member) if member else range(len(content))
    content[span[len(span) // 2]] ^= 1
    damaged.write_bytes(content)
    assert changed(several, books) == 1
    assert ours(several) == whole
