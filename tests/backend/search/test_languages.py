"""Books in other languages than English, found by the words of their own."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.corpus.shelf import load_shelf
from app.index.build import build
from app.index.reader import IndexReader
from app.models.results import SearchAnswer
from app.search.query import parse
from app.search.words import (
    CollocatesRequest,
    CompareRequest,
    ConcordanceRequest,
    LineSort,
    collocates,
    compare,
    concordance_page,
    one_term,
)
from tests.backend import languages_shelf, small_shelf
from tests.backend.search.conftest import Search, limit, searching


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    folder = small_shelf.write(
        tmp_path_factory.mktemp("languages") / "books", languages_shelf.TEXTS, languages_shelf.CATALOGUE
    )
    target = folder.parent / "index"
    build(load_shelf(folder), target, lambda step, done: None)
    with closing(IndexReader.open(target)) as opened:
        yield opened


@pytest.fixture(scope="module")
def ask(index: IndexReader) -> Search:
    return searching(index)


def marked(answer: SearchAnswer) -> list[str]:
    """The texts that are marked, in the order of the hits."""
    hits = [hit for book in answer.books for hit in book.passages]
    return [hit.text[start:end] for hit in hits for start, end in hit.marks]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("猫", ["猫", "猫"]),
        ("吾輩", ["吾輩"] * 3),
        ("名前", ["名前"]),
        ("吾輩は猫である", ["吾輩は猫である"]),
        ("猫 名前", ["猫", "名前"]),
        ("猫である。名前", ["猫である。名前"]),
        ("「名前はまだ無い」", ["名前はまだ無い"]),
        ("記憶している", ["記憶している"]),
        ("吾輩*", ["吾輩"] * 3),
        ("薄暗 所", ["薄暗", "所"]),
        ("ここ 始", ["ここ", "始"]),
        ("シャツ", ["シャツ"]),
        ("tシャツ", ["Tシャツ"]),
        ("12枚", ["１２枚"]),
        ("學而時習之", ["學而時習之"]),
        ("แมว", ["แมว"]),
        ("น้ำ", ["น้ำ"]),
        ("ແມວ", ["ແມວ"]),
        ("ນ້ຳ", ["ນ້ຳ"]),
        ("ကြောင်", ["ကြောင်"]),
        ("ကြည့်", ["ကြည့်"]),
        ("ឆ្មា", ["ឆ្មា"]),
        ("ទូកតូច", ["ទូកតូច"]),
        ("고양이", ["고양이"] * 3),
        ("이름", ["이름"]),
    ],
)
def test_words_that_no_spaces_part_are_found_and_marked(ask: Search, query: str, expected: list[str]) -> None:
    answer = ask(query)
    assert answer.matching == "all"
    assert marked(answer) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("été", ["été", "étés"]),
        ("etes", ["été", "étés"]),
        ("et", ["et", "et"]),
        ("œuvre", ["œuvre"]),
        ("l'œuvre", ["l’œuvre"]),
        ("l’oeuvre", ["l’œuvre"]),
        ('"l\'œuvre du peintre"', ["l’œuvre du peintre"]),
        ("j'ai", ["J'ai"]),
        ("importe", ["importe"]),
        ("aujourd'hui", ["Aujourd'hui"]),
        ("manger", ["mangeait"]),
        ("chateau", ["château"]),
        ("l'anima", ["l'anima"]),
        ("anima", ["anima"]),
        ("Haus", ["Häuser", "Haus"]),
        ("strasse", ["Straße"]),
        ("STRASSE", ["Straße"]),
        ("schon", ["schön"]),
        ("елка", ["Ёлка"]),
        ("ёлка", ["Ёлка"]),
        ("мой", ["Мой", "мои"]),
        ("книга", ["книгу", "книги"]),
        ("λογος", ["λόγος", "λόγος", "λόγοι"]),
        ("λόγος", ["λόγος", "λόγος", "λόγοι"]),
        ("αρχη", ["ἀρχῇ"]),
        ("τω", ["τῷ"]),
        ("بسم", ["بِسْمِ"]),
        ("بِسْمِ", ["بِسْمِ"]),
        ("كتاب", ["الكتـاب"]),
        ("احمد", ["أحمد"]),
        ("בראשית", ["בְּרֵאשִׁית"]),
        ("בְּרֵאשִׁית", ["בְּרֵאשִׁית"]),
        ("ברא אלהים", ["בָּרָא אֱלֹהִים"]),
        ("הגדול", ["הגדול"]),
    ],
)
def test_words_are_found_in_the_forms_of_their_language(ask: Search, query: str, expected: list[str]) -> None:
    answer = ask(query)
    assert answer.matching == "all"
    assert marked(answer) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("die", {"wald": ["Die", "Die"], "sea": ["died", "die"]}),
        ("died", {"sea": ["died", "die"]}),
        ("pour", {"lyon": ["pour"], "sea": ["poured", "pour"]}),
        ("poured", {"sea": ["poured", "pour"]}),
    ],
)
def test_a_word_of_several_languages_is_inflected_in_each_book_as_in_its_own(
    ask: Search, query: str, expected: dict[str, list[str]]
) -> None:
    answer = ask(query)
    assert {
        book.id: [hit.text[a:b] for hit in book.passages for a, b in hit.marks] for book in answer.books
    } == expected


@pytest.mark.parametrize("query", ["日本", "นำ", "'無いど'", "名猫"])
def test_characters_that_do_not_stand_side_by_side_are_no_word(ask: Search, query: str) -> None:
    assert ask(query).complete == 0


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("吾輩は犬である", ["吾輩は", "である"]),
        ("猫である。名前はもうない", ["猫である。名前は"]),
        ("學而時習之不亦悅乎", ["學而時習之，不亦", "不亦", "不亦"]),
        ("แมวขาวนั่งดูพระอาทิตย์", ["แมว", "นั่งดูพระ"]),
    ],
)
def test_a_sentence_without_spaces_that_no_book_has_is_found_in_part_and_that_is_said(
    ask: Search, query: str, expected: list[str]
) -> None:
    answer = ask(query)
    assert (answer.matching, answer.complete) == ("any", 0)
    assert marked(answer)[: len(expected)] == expected


def test_beside_a_sentence_that_no_book_has_what_is_found_is_shown(ask: Search) -> None:
    assert "猫" in marked(ask("猫 吾輩は犬である"))


@pytest.mark.parametrize(
    ("query", "printed"), [("吾輩は猫", "吾輩は猫"), ("「吾輩」　猫 -犬", "吾輩 猫 -犬"), ("第１節", "第1節")]
)
def test_a_query_is_printed_as_it_is_written(ask: Search, query: str, printed: str) -> None:
    assert ask(query).query == printed
    assert ask(printed).query == printed


def test_a_concordance_shows_as_much_as_is_as_wide_as_so_many_letters(index: IndexReader) -> None:
    (line,) = concordance_page(index, ConcordanceRequest(parse("名前"), width=20), limit()).lines
    assert (line.left, line.match, line.right) == ("吾輩は猫である。", "名前", "はまだ無い。 どこ")
    assert line.reference == "吾輩は猫である 第一章"


def test_a_concordance_is_sorted_by_the_characters_beside(index: IndexReader) -> None:
    concordance = concordance_page(index, ConcordanceRequest(parse("吾輩は"), sort=(LineSort.R1,)), limit())
    assert [line.right[:1] for line in concordance.lines] == ["こ", "新", "猫"]


def test_the_neighbours_of_a_word_are_characters(index: IndexReader) -> None:
    neighbours = collocates(index, CollocatesRequest(parse("吾輩"), window=1), limit())
    assert ("は", 3) in [(collocate.word, collocate.count) for collocate in neighbours.collocates]


def test_a_phrase_of_characters_is_counted_by_book(index: IndexReader) -> None:
    assert compare(index, CompareRequest([one_term("吾輩")]), limit()).totals == [3]
