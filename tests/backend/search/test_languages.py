"""Books in other languages than English, found by the words of their own."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.corpus.shelf import load_shelf
from app.index.build import build
from app.index.reader import IndexReader
from app.models import SearchAnswer
from tests.backend import languages_shelf
from tests.backend.search.conftest import Search, searching


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    folder = languages_shelf.write(tmp_path_factory.mktemp("languages") / "books")
    target = folder.parent / "index"
    build(load_shelf(folder), target, lambda step, done: None)
    with closing(IndexReader.open(target)) as opened:
        yield opened


@pytest.fixture(scope="module")
def ask(index: IndexReader) -> Search:
    return searching(index)


def marked(answer: SearchAnswer) -> list[str]:
    """What is marked, in the order of the hits."""
    hits = [hit for book in answer.books for hit in book.passages]
    return [hit.text[start:end] for hit in hits for start, end in hit.marks]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("猫", ["猫", "猫"]),
        ("吾輩", ["吾輩"] * 3),
        ("名前", ["名前"]),
        ("吾輩は猫である", ["吾輩は猫である"]),
        ("猫 名前", ["猫", "名前"]),
        ("猫である。名前", ["猫である。名前"]),
        ("「名前はまだ無い」", ["名前はまだ無い"]),
        ("記憶している", ["記憶し\nている"]),
        ("吾輩*", ["吾輩"] * 3),
        ("シャツ", ["シャツ"]),
        ("tシャツ", ["Tシャツ"]),
        ("12枚", ["１２枚"]),
        ("學而時習之", ["學而時習之"]),
        ("แมว", ["แมว"]),
        ("น้ำ", ["น้ำ"]),
        ("고양이", ["고양이"] * 3),
        ("이름", ["이름"]),
    ],
)
def test_words_that_no_spaces_part_are_found_and_marked(ask: Search, query: str, found: list[str]) -> None:
    answer = ask(query)
    assert answer.matching == "all"
    assert marked(answer) == found


@pytest.mark.parametrize("query", ["日本", "นำ", "'無いど'", "名猫"])
def test_characters_that_do_not_stand_side_by_side_are_no_word(ask: Search, query: str) -> None:
    assert ask(query).complete == 0


@pytest.mark.parametrize(
    ("query", "printed"), [("吾輩は猫", "吾輩は猫"), ("「吾輩」　猫 -犬", "吾輩 猫 -犬"), ("第１節", "第1節")]
)
def test_a_query_is_printed_as_it_is_written(ask: Search, query: str, printed: str) -> None:
    assert ask(query).query == printed
    assert ask(printed).query == printed
