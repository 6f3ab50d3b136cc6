"""Hits, facets and dispersion are what one gets by reading every passage."""

from collections import Counter

import pytest

from app.index.dispersion import BUCKETS
from app.index.reader import IndexReader
from app.search.matching import plan
from app.search.query import parse
from app.search.request import Filters
from app.search.results import facet_counts
from app.search.words.occurrences import occurrences
from tests.backend.search.conftest import Passages, Search, limit

QUERIES = [
    "whale",
    "love hate",
    '"to be"',
    "whaling",
    "the",
    "king -queen",
    'king -"the king"',
    "quoth*",
    "merry wind*",
    "con*",
    "whale -re*",
    "whale OR shark",
    "whale NOT white",
    "(whale OR shark) (white OR great) -captain",
    "(white whale) OR (white shark) OR hyena",
    "whale -(white jaw)",
    "whale NEAR/5 white",
    "the NEAR/2 king NEAR/3 israel",
    "whale NEAR/10 whale",
    '"white whale" NEAR/20 (ship OR "the sea" OR boat*)',
    '"loue" OR "greeuous"',
    'king -"king"',
    "wh?le",
    "*ness un*ed",
    'wh?le NEAR/3 (dead* OR "the ship")',
]


@pytest.mark.parametrize("text", QUERIES)
def test_hits_and_dispersion_are_counted_right(ask: Search, by_hand: Passages, text: str) -> None:
    expected = by_hand.matching(text)
    answer = ask(text)
    assert (answer.matching, answer.correction) == ("all", None)
    assert answer.hits == answer.complete == len(expected)
    books = by_hand.index.books
    counted = Counter((books.books[books.book_of(i)].id, books.bucket(i)[1]) for i in expected)
    shown = {(book.id, i): hits for book in answer.books for i, hits in enumerate(book.dispersion) if hits}
    assert shown == counted
    for book in answer.books:
        assert len(book.dispersion) == BUCKETS
        assert sum(book.dispersion) == book.hits
        assert book.rate == round(10_000 * book.hits / books.extents[books.ordinal(book.id) or 0].words, 2)


@pytest.mark.parametrize("text", QUERIES)
def test_every_passage_that_matches_has_an_occurrence_and_no_other(
    nltk_index: IndexReader, by_hand: Passages, text: str
) -> None:
    expected = by_hand.matching(text)
    every = occurrences(nltk_index, plan(parse(text), nltk_index), Filters(), limit())
    seen = sorted({one.passage for one in every.found})
    assert seen == expected[: len(seen)]
    assert every.truncated or len(seen) == len(expected)


@pytest.mark.parametrize("text", QUERIES)
def test_facets_show_what_another_choice_would_give(ask: Search, text: str) -> None:
    everything = ask(text)
    assert everything.facets
    hits = {book.id: book.hits for book in everything.books}
    assert {facet.value: facet.hits for facet in everything.facets.books} == hits
    by_author: Counter[str] = Counter()
    for book in everything.books:
        if book.author:
            by_author[book.author] += book.hits
    assert {facet.value: facet.hits for facet in everything.facets.authors} == by_author

    chosen = ask(text, book=["austen-emma", "bible-kjv"])
    assert chosen.facets
    assert chosen.hits == hits.get("austen-emma", 0) + hits.get("bible-kjv", 0)
    assert {book.id for book in chosen.books} <= {"austen-emma", "bible-kjv"}
    assert chosen.facets.books == everything.facets.books
    assert {facet.value for facet in chosen.facets.authors} <= {"Jane Austen"}


def test_filters_are_repeatable_and_cut_each_other(ask: Search) -> None:
    austen = ["Jane Austen"]
    assert {book.author for book in ask("love", author=[*austen, "Herman Melville"]).books} == {
        "Jane Austen",
        "Herman Melville",
    }
    assert [book.id for book in ask("love", author=austen, book=["austen-emma", "bible-kjv"]).books] == ["austen-emma"]
    none = ask("love", author=austen, book=["bible-kjv"])
    assert (none.hits, none.books, none.next) == (0, [], None)
    assert none.facets
    assert none.facets.books


def test_a_filter_never_changes_what_a_query_means(ask: Search) -> None:
    """Moby Dick is not in Emma: there is nothing to show, and nothing is corrected or loosened because of it."""
    answer = ask('"moby dick"', book=["austen-emma"])
    assert (answer.hits, answer.matching, answer.correction) == (0, "all", None)
    assert answer.complete == ask('"moby dick"').hits


def test_parts_that_are_not_asked_for_are_left_out(ask: Search) -> None:
    flat = ask("whale", group="none", facets=False, limit=3)
    assert (flat.facets, flat.books, len(flat.passages)) == (None, [], 3)
    assert flat.hits == ask("whale").hits
    bare = ask("whale", passages=0)
    assert all(not book.passages for book in bare.books)
    assert bare.hits == flat.hits


def test_each_book_shows_its_own_best_passages(ask: Search) -> None:
    for book in ask("love", passages=5).books:
        best = ask("love", book=[book.id], group="none", limit=5).passages
        assert [hit.start for hit in book.passages] == [hit.start for hit in best]
        assert len(best) == min(5, book.hits)


def test_a_hit_is_the_text_of_its_passage(ask: Search, by_hand: Passages) -> None:
    texts, books = by_hand.index.texts, by_hand.index.books
    for hit in ask("white whale", group="none").passages:
        ordinal = books.ordinal(hit.book)
        assert ordinal is not None
        assert hit.text == texts.slice(ordinal, hit.start, hit.end)
        assert hit.marks
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.marks)


@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("chosen", [(), ("austen-emma", "bible-kjv", "melville-moby_dick")])
def test_a_page_of_few_books_has_the_counts_that_a_page_of_all_has(
    ask: Search, text: str, chosen: tuple[str, ...]
) -> None:
    whole, page = ask(text, book=chosen), ask(text, book=chosen, limit=1)
    assert [(book.id, book.hits, book.dispersion) for book in page.books] == [
        (book.id, book.hits, book.dispersion) for book in whole.books[:1]
    ]
    assert (page.hits, page.facets, bool(page.next)) == (whole.hits, whole.facets, len(whole.books) > 1)


def test_of_many_books_those_with_the_most_hits_and_those_chosen_are_offered(
    ask: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = ask("love").facets
    assert every
    assert (every.more_books, every.more_authors) == (0, 0)
    monkeypatch.setattr(facet_counts, "MOST", 3)
    few = ask("love", book=[every.books[-1].value]).facets
    assert few
    assert few.books == [*every.books[:3], every.books[-1]]
    assert few.more_books == len(every.books) - 4
    few = ask("love", author=[every.authors[-1].value]).facets
    assert few
    assert few.authors == [*every.authors[:3], every.authors[-1]]
    assert few.more_authors == len(every.authors) - 4
