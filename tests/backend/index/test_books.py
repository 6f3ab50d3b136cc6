import pytest

from app.index.books import number_of
from app.index.dispersion import BUCKETS
from app.index.reader import IndexReader


@pytest.fixture(params=["small_index", "nltk_index"])
def index(request: pytest.FixtureRequest) -> IndexReader:
    opened: IndexReader = request.getfixturevalue(request.param)
    return opened


def test_passages_of_the_sections_follow_each_other_without_a_gap(index: IndexReader) -> None:
    books = index.books
    expected = 0
    for book in range(len(books.books)):
        assert books.extents[book].first == expected
        for ordinal, section in books.sections_of(book):
            assert books.section(ordinal) == section
            assert books.section_ordinal(book, section.id) == ordinal
            for passage in books.passages_of(ordinal):
                assert (passage, ordinal) == (expected, books.section_of(passage))
                assert books.book_of(passage) == book
                expected += 1
        assert books.extents[book].last == expected
    assert expected == books.passage_count == index.manifest.passages


def test_buckets_rise_through_a_book_and_stay_in_range(index: IndexReader) -> None:
    for book, extent in enumerate(index.books.extents):
        buckets = [index.books.bucket(passage) for passage in range(extent.first, extent.last)]
        assert buckets == sorted(buckets)
        assert {own for own, _ in buckets} == {book}
        assert 0 <= min(buckets)[1] <= max(buckets)[1] < BUCKETS
        assert {index.books.book_of(passage) for passage in range(extent.first, extent.last)} == {book}


def test_divisions_are_fractions_in_order(index: IndexReader) -> None:
    for extent in index.books.extents:
        assert extent.divisions == sorted(extent.divisions)
        assert all(0 <= division < 1 for division in extent.divisions)


def test_words_of_the_sections_add_up(index: IndexReader) -> None:
    for book, extent in enumerate(index.books.extents):
        assert sum(index.books.words_of(ordinal) for ordinal, _ in index.books.sections_of(book)) == extent.words
    assert sum(extent.words for extent in index.books.extents) == index.manifest.words


def test_sections_of_a_book_are_read_one_by_one_in_slices_and_from_the_end(index: IndexReader) -> None:
    for book in index.books.books:
        sections = list(book.sections)
        assert len(book.sections) == len(sections)
        assert (book.sections[0], book.sections[-1], book.sections[1:]) == (sections[0], sections[-1], sections[1:])


def test_books_have_numbers_of_their_own(index: IndexReader) -> None:
    books = index.books
    assert books.numbers == [number_of(book.id) for book in books.books]
    assert [*books.by_number.items()] == [(number, book) for book, number in enumerate(books.numbers)]
