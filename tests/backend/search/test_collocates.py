from collections import Counter

import pytest

from app.index.reader import IndexReader
from app.search.collocates import ENOUGH, collocates
from app.search.filters import Filters, filters
from app.search.occurrences import Occurrence, occurrences, spread
from app.search.plan import plan
from app.search.query import parse
from app.words import spans
from tests.backend.search.conftest import limit


def test_words_near_a_term_are_counted(nltk_index: IndexReader) -> None:
    """Against a count over whole sections, word by word."""
    near: Counter[str] = Counter()
    harpoons = nltk_index.vocabulary.forms("harpoon")
    for book, about in enumerate(nltk_index.books.books):
        for section in about.sections:
            found = [word for _, _, word in spans(nltk_index.texts.slice(book, section.start, section.end))]
            for i, word in enumerate(found):
                if word in harpoons:
                    near.update(found[max(0, i - 4) : i] + found[i + 1 : i + 5])
    answer = collocates(nltk_index, parse("harpoon"), Filters(), window=4, limit=15, deadline=limit())
    assert answer.collocates
    assert {one.word: one.count for one in answer.collocates} == {one.word: near[one.word] for one in answer.collocates}


def test_the_most_surprising_come_first_and_are_more_than_expected(nltk_index: IndexReader) -> None:
    answer = collocates(nltk_index, parse("captain"), Filters(), window=5, limit=20, deadline=limit())
    scores = [one.score for one in answer.collocates]
    assert scores == sorted(scores, reverse=True)
    assert all(one.count > one.expected for one in answer.collocates)
    assert {"peleg", "ahab", "wentworth", "benwick"} <= {one.word for one in answer.collocates}


def test_the_term_itself_is_no_collocate_in_any_form(nltk_index: IndexReader) -> None:
    answer = collocates(nltk_index, parse("love"), Filters(), window=5, limit=100, deadline=limit())
    assert not {"love", "loves", "loved", "loue"} & {one.word for one in answer.collocates}


def test_only_the_chosen_books_count(nltk_index: IndexReader) -> None:
    chosen = filters(nltk_index.books, ["melville-moby_dick"], [])
    everywhere = collocates(nltk_index, parse("captain"), Filters(), window=5, limit=20, deadline=limit())
    there = collocates(nltk_index, parse("captain"), chosen, window=5, limit=20, deadline=limit())
    assert there.occurrences < everywhere.occurrences
    assert "wentworth" not in {one.word for one in there.collocates}


def test_a_word_that_is_not_there_has_no_collocates(small_index: IndexReader) -> None:
    answer = collocates(small_index, parse("xqzvwkj"), Filters(), window=5, limit=20, deadline=limit())
    assert (answer.occurrences, answer.collocates) == (0, [])


def test_of_a_common_word_an_even_sample_is_read(nltk_index: IndexReader) -> None:
    """Always the same one, from all books, and the answer says how much it is."""
    first, again = (
        collocates(nltk_index, parse("the"), Filters(), window=10, limit=100, deadline=limit()) for _ in range(2)
    )
    assert first == again
    assert first.truncated
    assert ENOUGH <= first.occurrences < 2 * ENOUGH
    assert 100 < first.passages_read < first.passages
    assert {"of", "and"} <= {one.word for one in first.collocates}


def test_of_any_other_word_every_occurrence_counts(nltk_index: IndexReader) -> None:
    answer = collocates(nltk_index, parse("whale"), Filters(), window=5, limit=5, deadline=limit())
    assert not answer.truncated
    assert answer.passages_read == answer.passages
    assert answer.occurrences == len(occurrences_of(nltk_index, "whale"))


def occurrences_of(index: IndexReader, text: str) -> list[Occurrence]:
    return occurrences(index, plan(parse(text), index), Filters(), limit()).found


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 1000, 16_855])
def test_every_beginning_of_a_spread_is_even(count: int) -> None:
    order = list(spread(count))
    assert sorted(order) == list(range(count))
    for beginning in (order[: count // 3], order[: count // 2]):
        halves = sum(i < count / 2 for i in beginning)
        assert abs(halves - len(beginning) / 2) <= 2 + len(beginning) / 20
