"""Queries with words that may be written as one or as two."""

from app.index.reader import IndexReader
from app.search.compound import parts_of, written
from app.search.query import Kind, Term
from tests.backend.search.conftest import Search


def ways(index: IndexReader, kind: Kind, text: str) -> list[str]:
    return [" ".join(one.words) for one in written(Term(kind, tuple(text.split())), index)]


def test_a_phrase_is_looked_for_with_all_its_words_apart_and_with_all_joined(nltk_index: IndexReader) -> None:
    assert ways(nltk_index, Kind.PHRASE, "good night tomorrow") == [
        "good night tomorrow",
        "good night to morrow",
        "goodnight tomorrow",
    ]
    assert ways(nltk_index, Kind.PHRASE, "white whale") == ["white whale"]


def test_a_word_in_quotes_is_just_that_word(nltk_index: IndexReader) -> None:
    assert ways(nltk_index, Kind.EXACT, "tomorrow") == ["tomorrow"]


def test_a_word_that_the_books_do_not_have_is_two_that_they_have_side_by_side(nltk_index: IndexReader) -> None:
    assert parts_of("spermwhale", nltk_index) == ("sperm", "whale")
    assert parts_of("whaleteapot", nltk_index) is None
    assert parts_of("x" * 300, nltk_index) is None


def test_both_ways_are_marked_and_the_other_one_is_said(ask: Search) -> None:
    answer = ask("tomorrow", group="none", limit=300)
    marked = {hit.text[start:end].lower() for hit in answer.passages for start, end in hit.marks}
    assert {"to-morrow", "tomorrow"} <= {" ".join(text.split()) for text in marked}
    assert answer.variants["tomorrow"] == ["to morrow"]
