"""Queries with words that may be written as one or as two."""

import pytest

from app.index.reader import IndexReader
from app.search.matching import ways_to_write
from app.search.matching.compounds import parts_of
from app.search.query import Term, TermKind
from tests.backend.search.conftest import Search


def ways(index: IndexReader, kind: TermKind, text: str) -> list[str]:
    return [" ".join(one.words) for one in ways_to_write(Term(kind, tuple(text.split())), index)]


def test_a_phrase_is_looked_for_with_all_its_words_apart_and_with_all_joined(nltk_index: IndexReader) -> None:
    assert ways(nltk_index, TermKind.PHRASE, "good night tomorrow") == [
        "good night tomorrow",
        "good night to morrow",
        "goodnight tomorrow",
    ]
    assert ways(nltk_index, TermKind.PHRASE, "white whale") == ["white whale"]


def test_words_that_the_books_have_only_apart_are_apart_in_phrases_too(nltk_index: IndexReader) -> None:
    assert ways(nltk_index, TermKind.PHRASE, "the spermwhale") == ["the spermwhale", "the sperm whale"]
    assert ways(nltk_index, TermKind.PHRASE, "my selfe") == ["my selfe", "myself"]


def test_a_pattern_finds_two_words_that_are_one_like_it(nltk_index: IndexReader) -> None:
    assert ways(nltk_index, TermKind.PREFIX, "tomorrow") == ["tomorrow", "to morrow"]
    assert ways(nltk_index, TermKind.WILDCARD, "tom?rrow") == ["tom?rrow", "to morrow"]
    assert ways(nltk_index, TermKind.WILDCARD, "*body") == ["*body"]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("tomorrow NEAR/2 creeps", '"to morrow" NEAR/2 creeps'),
        ('"tomorrow night"~2', '"to morrow" NEAR/2 night'),
        ("spermwhale NEAR oil", '"sperm whale" NEAR oil'),
        ("myself NEAR/3 hand", '"my selfe" NEAR/3 hand'),
    ],
)
def test_words_near_others_are_found_in_both_ways(ask: Search, text: str, other: str) -> None:
    one, two = ask(text, group="none"), ask(other, group="none")
    assert one.hits == two.hits > 0
    assert all(hit.marks for hit in one.passages)


def test_a_word_that_is_said_again_is_still_looked_for(ask: Search) -> None:
    said_again = ask("for ever and ever", group="none")
    assert said_again.hits < ask("for ever and", group="none").hits


def test_a_word_in_quotes_is_just_that_word(nltk_index: IndexReader) -> None:
    assert ways(nltk_index, TermKind.EXACT, "tomorrow") == ["tomorrow"]


def test_a_word_that_the_books_do_not_have_is_two_that_they_have_side_by_side(nltk_index: IndexReader) -> None:
    assert parts_of("spermwhale", nltk_index) == ("sperm", "whale")
    assert parts_of("whaleteapot", nltk_index) is None
    assert parts_of("x" * 300, nltk_index) is None


def test_both_ways_are_marked_and_the_other_one_is_said(ask: Search) -> None:
    answer = ask("tomorrow", group="none", limit=300)
    marked = {hit.text[start:end].lower() for hit in answer.passages for start, end in hit.marks}
    assert {"to-morrow", "tomorrow"} <= {" ".join(text.split()) for text in marked}
    assert answer.variants["tomorrow"] == ["to morrow"]
