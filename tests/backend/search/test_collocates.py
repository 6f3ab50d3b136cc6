from collections import Counter

from app.index.reader import IndexReader
from app.search.collocates import collocates
from app.search.filters import Filters, filters
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
