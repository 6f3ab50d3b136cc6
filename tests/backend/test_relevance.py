"""The search finds what readers look for, asked as a page asks it."""

from pathlib import Path

import pytest

from app.corpus.shelf import Shelf
from tests.relevance import report, scoring
from tests.relevance.scoring import KnownItem, Result, Scores
from tests.servers import serving


@pytest.fixture(scope="module")
def results(nltk_index_dir: Path) -> list[Result]:
    with serving(nltk_index_dir) as server:
        return scoring.ask(server, scoring.known_items())


def test_every_query_has_its_answer_in_the_book_that_it_names(nltk_shelf: Shelf) -> None:
    texts = {book.id: scoring.fold(text) for book, text in nltk_shelf.books}
    items = scoring.known_items()
    assert {item.book for item in items} == set(texts)
    assert [item.q for item in items if scoring.fold(item.contains) not in texts[item.book]] == []


def test_known_passages_come_first_often_enough(results: list[Result]) -> None:
    missed = [report.miss(result) for result in results if not result.passage_first]
    assert report.below(Scores.of(results)) == [], "\n".join(missed)


def test_a_passage_counts_only_in_its_book_and_whatever_its_line_ends_and_case() -> None:
    item = KnownItem(q="captain", book="whitman-leaves", contains="O Captain! my Captain!", kind="quote")
    right = {"book": "whitman-leaves", "text": "o captain!\n  My captain!", "reference": "here"}
    elsewhere = {**right, "book": "melville-moby_dick", "reference": "there"}
    result = scoring.judge(item, [elsewhere, right])
    assert (result.book_first, result.passage_first, result.book_in_ten) == (False, False, True)
    assert (result.first, result.rank) == ("there", 2)


def test_scores_below_the_bars_are_named() -> None:
    assert report.below(Scores(queries=10, book=0.93, passage=0.88, ten=0.99)) == []
    assert report.below(Scores(queries=10, book=0.93, passage=0.87, ten=0.99)) == [
        "success@1 by passage is 0.870, below 0.88"
    ]


def test_a_file_of_queries_may_say_more_than_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('{"q": "jesus wept", "book": "bible-kjv", "contains": "Jesus wept", "kind": "quote", "more": 1}\n')
    assert [item.q for item in scoring.known_items(file)] == ["jesus wept"]


def test_a_line_that_is_no_query_is_named(tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('\n{"q": "jesus wept"}\n')
    with pytest.raises(ValueError, match="line 2"):
        scoring.known_items(file)
