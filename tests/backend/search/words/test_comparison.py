from typing import Any

import pytest

from app.errors import BadCursor, NotComparable
from app.index.reader import IndexReader
from app.models.words import Comparison
from app.search.query import parse
from app.search.words import CompareRequest, CompareSort, ConcordanceRequest, compare, concordance_page, one_term
from tests.backend.search.conftest import Passages, limit


def compared(index: IndexReader, texts: list[str], **more: Any) -> Comparison:
    return compare(index, CompareRequest([one_term(text) for text in texts], **more), limit())


@pytest.mark.parametrize(
    "text",
    [
        "love",
        "hate",
        "vpon",
        '"of the"',
        '"he sayd"',
        '"that that"',
        '"white whale"',
        "whal*",
        "con*",
        "zebra",
        "wh?le",
        '"loue"',
        'whale OR shark* OR "my lord"',
    ],
)
def test_occurrences_are_counted_right_in_every_book(nltk_index: IndexReader, by_hand: Passages, text: str) -> None:
    (term,) = parse(text).terms
    expected = [0] * len(nltk_index.books.books)
    for located, passage in zip(by_hand.located, by_hand.words, strict=True):
        expected[located.book] += by_hand.count(term, passage)
    comparison = compared(nltk_index, [text])
    assert [book.counts[0] for book in comparison.books] == [expected[book] for book in nltk_index.books.by_year]
    assert comparison.totals == [sum(expected)]
    for book in comparison.books:
        assert book.rates == [round(10_000 * book.counts[0] / book.words, 2)]


def test_several_terms_are_compared_in_their_order(nltk_index: IndexReader) -> None:
    comparison = compared(nltk_index, ["love", "hate", "to be"])
    assert comparison.terms == ["love", "hate", '"to be"']
    alone = [compared(nltk_index, [text]) for text in ("love", "hate", '"to be"')]
    assert comparison.totals == [single.totals[0] for single in alone]
    assert [book.counts for book in comparison.books] == [
        [single.books[i].counts[0] for single in alone] for i in range(len(comparison.books))
    ]
    assert "loue" in comparison.variants["love"]


@pytest.mark.parametrize("text", ["love", '"my lord"', "harpoon"])
def test_it_counts_as_many_as_the_concordance_has_lines(nltk_index: IndexReader, text: str) -> None:
    lines = concordance_page(nltk_index, ConcordanceRequest(parse(text), limit=1), limit()).total
    assert compared(nltk_index, [text]).totals == [lines]


def test_a_term_in_too_many_passages_is_estimated_and_says_so(nltk_index: IndexReader, by_hand: Passages) -> None:
    (term,) = parse("the OR of").terms
    expected = sum(by_hand.count(term, passage) for passage in by_hand.words)
    comparison = compared(nltk_index, ["the OR of", "whale OR shark", '"of the"'])
    assert comparison.estimated == [True, False, False]
    assert comparison.totals[0] == pytest.approx(expected, rel=0.03)
    assert all(book.counts[0] for book in comparison.books)


def test_terms_that_few_passages_have_leave_their_part_to_the_others(nltk_index: IndexReader) -> None:
    phrases = ['"of the lord"', '"white whale"', '"my lord"', '"of the sea"', '"one another"']
    comparison = compared(nltk_index, phrases)
    assert comparison.estimated == [False] * 5
    assert comparison.totals == [compared(nltk_index, [text]).totals[0] for text in phrases]


@pytest.mark.parametrize("text", ["love -hate", "white whal*", "author:pell love", "speaker:pell OR love"])
def test_anything_but_a_single_term_is_refused(small_index: IndexReader, text: str) -> None:
    with pytest.raises(NotComparable) as raised:
        compared(small_index, [text])
    assert (raised.value.parameter, raised.value.value, raised.value.allowed) == (
        "term",
        text,
        "a word, a phrase or a prefix*, or some with OR or NEAR between them",
    )


@pytest.mark.parametrize("sort", CompareSort)
def test_books_come_page_by_page_as_in_one_list(nltk_index: IndexReader, sort: CompareSort) -> None:
    whole = compared(nltk_index, ["love", "hate"], sort=sort)
    first = compared(nltk_index, ["love", "hate"], sort=sort, limit=10)
    second = compared(nltk_index, ["love", "hate"], sort=sort, limit=10, cursor=first.next)
    assert (whole.next, second.next) == (None, None)
    assert first.books + second.books == whole.books
    assert (first.totals, first.highest) == (whole.totals, whole.highest)
    with pytest.raises(BadCursor):
        compared(nltk_index, ["love", "heart"], sort=sort, cursor=first.next)


def test_books_are_sorted_by_year_or_by_the_term_that_is_most_frequent_in_each(nltk_index: IndexReader) -> None:
    years = [book.year or 9999 for book in compared(nltk_index, ["love", "hate"]).books]
    assert years == sorted(years)
    rates = [max(book.rates) for book in compared(nltk_index, ["love", "hate"], sort=CompareSort.RATE).books]
    assert rates == sorted(rates, reverse=True)


def test_the_book_with_the_highest_rate_is_known_on_every_page(nltk_index: IndexReader) -> None:
    comparison = compared(nltk_index, ["whale", "xqzvwk"], limit=1)
    assert comparison.highest[0]
    assert comparison.highest[0].title == "Moby-Dick; or, The Whale"
    assert comparison.highest[0].rate == max(book.rates[0] for book in compared(nltk_index, ["whale"]).books)
    assert comparison.highest[1] is None
