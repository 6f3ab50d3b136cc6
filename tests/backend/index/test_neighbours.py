from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.corpus.shelf import load_shelf
from app.index import grouping, neighbours
from app.index.build import build
from app.index.neighbours import REACH
from app.index.reader import IndexReader

CHAPTERS = ["a pear and a plum a " * 8 + "end", "stop a pear a pear"]


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    """The neighbours in a short text, in which one word counts as common."""
    folder = tmp_path_factory.mktemp("neighbours")
    (folder / "books").mkdir()
    text = "\n\n".join(f"CHAPTER {number}\n\n{chapter}" for number, chapter in zip(("I", "II"), CHAPTERS, strict=True))
    (folder / "books/fruit.txt").write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbours, "_OFTEN", 20)
        build(load_shelf(folder / "books"), folder / "index", lambda step, done: None)
        opened = IndexReader.open(folder / "index")
    with closing(opened):
        yield opened


@pytest.mark.parametrize(("left", "right"), [(1, 0), (0, 1), (2, 3), (REACH, REACH)])
def test_neighbours_are_counted_within_their_section(counted: IndexReader, left: int, right: int) -> None:
    expected: Counter[str] = Counter()
    for number, chapter in zip(("i", "ii"), CHAPTERS, strict=True):
        words = ["chapter", number, *chapter.split()]
        for place, word in enumerate(words):
            if word == "a":
                expected.update(words[max(0, place - left) : place] + words[place + 1 : place + 1 + right])
    assert counted.neighbours.near("a", left, right) == expected


def test_of_few_books_nothing_is_counted(small_index: IndexReader) -> None:
    assert not any(word in small_index.neighbours for word in small_index.vocabulary.words)


def test_rare_words_have_no_neighbours_of_their_own(counted: IndexReader) -> None:
    assert "a" in counted.neighbours
    assert "stop" not in counted.neighbours


def test_neighbours_in_several_segments_are_those_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "_OFTEN", 20)
    (tmp_path / "books").mkdir()
    for name, chapter in zip(("one", "other"), CHAPTERS, strict=True):
        (tmp_path / f"books/{name}.txt").write_text(f"{chapter} a plum " * 3)
    shelf = load_shelf(tmp_path / "books")
    build(shelf, tmp_path / "one", lambda step, done: None)
    monkeypatch.setattr(grouping, "_MOST", 100)
    build(shelf, tmp_path / "several", lambda step, done: None)
    with (
        closing(IndexReader.open(tmp_path / "one")) as single,
        closing(IndexReader.open(tmp_path / "several")) as several,
    ):
        assert several.searcher.num_segments > single.searcher.num_segments == 1
        assert several.neighbours.near("a", REACH, REACH) == single.neighbours.near("a", REACH, REACH)
