from collections import Counter
from pathlib import Path

import pytest

from app.index.counts_by_book import WORDS, CountsByBook, counted
from app.index.reader import IndexReader
from app.search.passages import spoken
from app.words import words
from tests.backend.index.segments import outline, written

BOOKS = [{"whale": 3, "sea": 1}, {"sea": 70_000}, {}, {"pear": 2, "whale": 1}]


@pytest.fixture
def counts(tmp_path: Path) -> CountsByBook:
    """The counts of books in two segments."""
    halves = [(0, BOOKS[:2]), (2, BOOKS[2:])]
    segments = [written(tmp_path / str(i), counted("some", own), [outline()] * 2, i) for i, own in halves]
    return CountsByBook(segments, "some")


def test_counts_are_told_by_book(counts: CountsByBook) -> None:
    assert counts.of("whale") == [(0, 3), (3, 1)]
    assert counts.of("sea") == [(0, 1), (1, 70_000)]
    assert counts.of("zebra") == []


def test_it_is_added_up_over_some_books(counts: CountsByBook) -> None:
    assert (counts.within("whale", [0, 1, 3]), counts.within("whale", [0, 2]), counts.within("sea", [3])) == (4, 3, 0)


def test_the_strings_of_a_book_are_told_in_order(counts: CountsByBook) -> None:
    assert [list(counts.of_book(book)) for book in range(4)] == [sorted(book.items()) for book in BOOKS]


def test_the_counts_of_the_real_books_are_those_of_their_passages(nltk_index: IndexReader) -> None:
    expected: Counter[tuple[int, str]] = Counter()
    for i in range(nltk_index.books.passage_count):
        located = nltk_index.books.passage(i)
        own_words = words(spoken(nltk_index, located))
        expected.update((located.book, word) for word in own_words)
    vocabulary, counts = nltk_index.vocabulary, CountsByBook(nltk_index.segments, WORDS)
    stored = {(book, word): count for word in vocabulary.words for book, count in counts.of(word)}
    assert stored == expected
    assert expected.total() == nltk_index.manifest.words
    assert all(sum(count for _, count in counts.of(word)) == vocabulary.count(word) for word in vocabulary.words)
