from collections import Counter

import pytest

from app.index.reader import IndexReader
from app.models.words import Side
from app.search.matching import plan
from app.search.query import parse
from app.search.request import UNLIMITED, Filters
from app.search.request.book_filters import filters
from app.search.words import CollocatesRequest, collocates
from app.search.words.cooccurrence import ENOUGH
from app.search.words.occurrences import Occurrence, occurrences, spread
from app.words import spans
from tests.backend.search.conftest import limit


def test_words_near_a_term_are_counted(nltk_index: IndexReader) -> None:
    """Compares with a count over whole sections, word by word."""
    near: Counter[str] = Counter()
    harpoons = nltk_index.vocabulary.forms("harpoon")
    for book, about in enumerate(nltk_index.books.books):
        for section in about.sections:
            passage = [word for _, _, word in spans(nltk_index.texts.slice(book, section.start, section.end))]
            for i, word in enumerate(passage):
                if word in harpoons:
                    near.update(passage[max(0, i - 4) : i] + passage[i + 1 : i + 5])
    answer = collocates(nltk_index, CollocatesRequest(parse("harpoon"), Filters(), window=4, limit=15), limit())
    assert answer.collocates
    assert {collocate.word: collocate.count for collocate in answer.collocates} == {
        collocate.word: near[collocate.word] for collocate in answer.collocates
    }


def test_the_most_surprising_come_first_and_are_more_than_expected(nltk_index: IndexReader) -> None:
    answer = collocates(nltk_index, CollocatesRequest(parse("captain"), Filters(), window=5, limit=20), limit())
    scores = [collocate.score for collocate in answer.collocates]
    assert scores == sorted(scores, reverse=True)
    assert all(collocate.count > collocate.expected for collocate in answer.collocates)
    assert {"peleg", "ahab", "wentworth", "benwick"} <= {collocate.word for collocate in answer.collocates}


def test_the_term_itself_is_no_collocate_in_any_form(nltk_index: IndexReader) -> None:
    answer = collocates(nltk_index, CollocatesRequest(parse("love"), Filters(), window=5, limit=100), limit())
    assert not {"love", "loves", "loved", "loue"} & {collocate.word for collocate in answer.collocates}


def test_only_the_chosen_books_count(nltk_index: IndexReader) -> None:
    chosen = filters(nltk_index.books, ["melville-moby_dick"], [])
    everywhere = collocates(nltk_index, CollocatesRequest(parse("captain"), Filters(), window=5, limit=20), limit())
    there = collocates(nltk_index, CollocatesRequest(parse("captain"), chosen, window=5, limit=20), limit())
    assert there.occurrences < everywhere.occurrences
    assert "wentworth" not in {collocate.word for collocate in there.collocates}


def test_the_expected_count_is_that_of_the_chosen_books(nltk_index: IndexReader) -> None:
    """Ahab occurs in one book alone, so he is expected more often there than in all books."""
    chosen = filters(nltk_index.books, ["melville-moby_dick"], [])
    asked = CollocatesRequest(parse("captain"), chosen)
    by_word = {collocate.word: collocate for collocate in collocates(nltk_index, asked, limit()).collocates}
    everywhere = collocates(nltk_index, asked._replace(filters=Filters()), limit())
    (ahab,) = (collocate for collocate in everywhere.collocates if collocate.word == "ahab")
    assert by_word["ahab"].count == ahab.count
    assert by_word["ahab"].expected > 2 * ahab.expected


@pytest.mark.parametrize("window", [1, 3])
def test_one_side_or_both(nltk_index: IndexReader, window: int) -> None:
    asked = CollocatesRequest(parse("whale"), window=window, limit=100)
    left, right, both = (
        {
            collocate.word: collocate.count
            for collocate in collocates(nltk_index, asked._replace(side=side), limit()).collocates
        }
        for side in (Side.LEFT, Side.RIGHT, Side.BOTH)
    )
    assert "sperm" in left.keys() - right.keys()
    common = left.keys() & right.keys() & both.keys()
    assert common
    assert all(both[word] == left[word] + right[word] for word in common)


def test_function_words_can_be_left_out_in_any_spelling(nltk_index: IndexReader) -> None:
    asked = CollocatesRequest(parse("lord"), limit=100)
    every = [collocate.word for collocate in collocates(nltk_index, asked, limit()).collocates]
    content = [
        collocate.word for collocate in collocates(nltk_index, asked._replace(function_words=False), limit()).collocates
    ]
    assert {"the", "of", "my"} <= set(every)
    assert not {"the", "of", "my", "thy", "unto", "haue"} & set(content)
    assert [word for word in every if word in content] == content[: len(set(every) & set(content))]


def test_a_word_that_is_not_there_has_no_collocates(small_index: IndexReader) -> None:
    answer = collocates(small_index, CollocatesRequest(parse("xqzvwkj"), Filters(), window=5, limit=20), limit())
    assert (answer.occurrences, answer.collocates) == (0, [])


def test_of_a_common_word_an_even_sample_is_read(nltk_index: IndexReader) -> None:
    """The sample is always the same, from all books, and the answer says how large it is."""
    first, again = (
        collocates(nltk_index, CollocatesRequest(parse("that"), Filters(), window=5, limit=100), limit())
        for _ in range(2)
    )
    assert first == again
    assert first.truncated
    assert ENOUGH <= first.occurrences < 2 * ENOUGH
    assert 100 < first.passages_read < first.passages
    assert {"so", "all"} <= {collocate.word for collocate in first.collocates}


@pytest.mark.parametrize("word", ["the", "of"])
@pytest.mark.parametrize(("window", "side"), [(5, Side.BOTH), (1, Side.LEFT), (2, Side.RIGHT)])
def test_of_the_commonest_words_every_occurrence_is_counted(
    nltk_index: IndexReader, monkeypatch: pytest.MonkeyPatch, word: str, window: int, side: Side
) -> None:
    """Compares with a count of all that is read."""
    asked = CollocatesRequest(parse(word), window=window, side=side, limit=30)
    counted = collocates(nltk_index, asked, limit())
    monkeypatch.setattr("app.search.words.cooccurrence.ENOUGH", 10**9)
    monkeypatch.setattr("app.search.words.occurrences.MAX_PASSAGES", 10**9)
    monkeypatch.setattr("app.search.words.cooccurrence._counted_key", lambda index, planned: None)
    read = collocates(nltk_index, asked, UNLIMITED)
    assert not counted.truncated
    assert (counted.occurrences, counted.passages_read) == (read.occurrences, read.passages_read)
    assert [(collocate.word, collocate.count) for collocate in counted.collocates] == [
        (collocate.word, collocate.count) for collocate in read.collocates
    ]


@pytest.mark.parametrize("word", ["that", "his", "a"])
def test_a_sample_finds_most_of_what_all_occurrences_do(
    nltk_index: IndexReader, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    asked = CollocatesRequest(parse(word))
    sampled = {collocate.word for collocate in collocates(nltk_index, asked, limit()).collocates}
    monkeypatch.setattr("app.search.words.cooccurrence.ENOUGH", 10**9)
    monkeypatch.setattr("app.search.words.occurrences.MAX_PASSAGES", 10**9)
    whole = {collocate.word for collocate in collocates(nltk_index, asked, limit()).collocates}
    assert len(sampled & whole) >= 13


def test_of_any_other_word_every_occurrence_counts(nltk_index: IndexReader) -> None:
    answer = collocates(nltk_index, CollocatesRequest(parse("whale"), Filters(), window=5, limit=5), limit())
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
