from collections import Counter

import pytest

from app.index.reader import IndexReader
from app.models.words import WordList
from app.search.words import WordListRequest, WordSort, whole_word_list, word_list
from app.search.words.keyness import keyness
from app.words import words
from tests.backend.search.conftest import limit


def ordinal(index: IndexReader, book: str) -> int:
    number = index.books.ordinal(book)
    assert number is not None
    return number


def listed(index: IndexReader, book: str, **more: object) -> WordList:
    return word_list(index, WordListRequest(ordinal(index, book))._replace(**more), limit())  # type: ignore[arg-type]


def test_every_word_of_the_book_is_counted(nltk_index: IndexReader) -> None:
    book = ordinal(nltk_index, "carroll-alice")
    sections = nltk_index.books.books[book].sections
    counted = Counter(w for s in sections for w in words(nltk_index.texts.slice(book, s.start, s.end)))
    keywords = whole_word_list(nltk_index, WordListRequest(book), limit())
    assert {one.word: one.count for one in keywords} == counted
    for entry in keywords[:20]:
        assert entry.rate == pytest.approx(10_000 * entry.count / counted.total(), abs=0.01)
        others = nltk_index.vocabulary.count(entry.word) - entry.count
        there = nltk_index.manifest.words - counted.total()
        assert entry.elsewhere == pytest.approx(10_000 * others / there, abs=0.01)
        assert entry.keyness == pytest.approx(keyness(entry.count, counted.total(), others, there), abs=0.1)


def test_keywords_are_what_a_book_is_about(nltk_index: IndexReader) -> None:
    keywords = listed(nltk_index, "melville-moby_dick", function_words=False, limit=10)
    assert {"whale", "ahab", "ship", "sperm"} <= {word.word for word in keywords.list}
    scores = [word.keyness for word in whole_word_list(nltk_index, WordListRequest(0), limit())]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] < 0 < scores[0]


def test_the_most_frequent_words_come_first_when_asked(nltk_index: IndexReader) -> None:
    frequent = listed(nltk_index, "austen-emma", sort=WordSort.COUNT, limit=5)
    assert [word.word for word in frequent.list] == ["to", "the", "and", "of", "i"]


def test_function_words_can_be_left_out(nltk_index: IndexReader) -> None:
    every, content = (listed(nltk_index, "austen-emma", sort=WordSort.COUNT, function_words=f) for f in (True, False))
    assert "the" not in {one.word for one in content.list}
    assert content.total < every.total
    assert content.words == every.words


def test_pages_give_every_word_once(small_index: IndexReader) -> None:
    keywords, cursor = [], None
    while True:
        page = listed(small_index, "orchard", limit=30, cursor=cursor)
        keywords += page.list
        cursor = page.next
        if cursor is None:
            break
    assert keywords == whole_word_list(small_index, WordListRequest(ordinal(small_index, "orchard")), limit())
    assert len(keywords) == page.total
