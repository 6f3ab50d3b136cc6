"""Works that a query names, and those that the shelf does not have."""

import pytest

from app.index.reader import IndexReader
from app.search.places import may_name, named_books
from app.search.places.known_works import known_work


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("king lear", "King Lear"),
        ("King Lear 1.1", "King Lear"),
        ("Othello, act 1, scene 3", "Othello"),
        ("henry v", "Henry V"),
        ("winter's tale", "The Winter's Tale"),
        ("Les Miserables", "Les Misérables"),
        ("Oth. III.iii.90", "Othello"),
        ("R&J 2.2", "Romeo and Juliet"),
        ("P&P 1", "Pride and Prejudice"),
        ("Sonnet XVIII", "Shakespeare's Sonnets"),
        ("H5 3.1", "Henry V"),
        ("Iliad 1.1", "The Iliad"),
        ("Tempest act 1", "The Tempest"),
    ],
)
def test_a_known_work_is_known_by_its_title_with_a_place_or_without(typed: str, title: str) -> None:
    work = known_work(typed)
    assert work
    assert work.title == title


@pytest.mark.parametrize(
    "typed", ["tempest", "per", "odyssey", "ado", "king lear is mad", "emma", "whale", "", "1.1", "war"]
)
def test_words_are_no_work(typed: str) -> None:
    assert known_work(typed) is None


def test_no_book_of_the_shelf_is_called_absent(nltk_index: IndexReader) -> None:
    assert [book.title for book in nltk_index.books.books if known_work(book.title)] == []


def test_every_book_is_named_by_its_title_and_its_author(nltk_index: IndexReader) -> None:
    for book in nltk_index.books.books:
        assert book.id in [named.id for named in named_books(nltk_index, book.title)]
        if book.author:
            assert book.id in [named.id for named in named_books(nltk_index, book.author)]


def test_a_sentence_names_no_book(nltk_index: IndexReader) -> None:
    assert named_books(nltk_index, "emma " * 100) == named_books(nltk_index, "emma and harriet") == []


def test_whatever_names_a_book_or_a_section_may_name_something(nltk_index: IndexReader) -> None:
    for book in nltk_index.books.books:
        names = [book.title, book.author or book.title, *(section.reference for section in book.sections)]
        assert [name for name in names if not may_name(nltk_index, name)] == []


@pytest.mark.parametrize(
    "typed",
    [
        "King Lear 1.1",
        "MobyDick",
        "chapter 42 of moby dick",
        "par lost 1.1",
        "Caesar 3.1",
        "I Kings 2",
        "the book of Isaiah",
    ],
)
def test_a_name_written_in_another_way_may_name_something(nltk_index: IndexReader, typed: str) -> None:
    assert may_name(nltk_index, typed)


@pytest.mark.parametrize(
    "typed", ["whale", "waves of the ocean", '"wherefore art thou"', "and he said", "die", "", "…"]
)
def test_most_words_name_nothing(nltk_index: IndexReader, typed: str) -> None:
    assert not may_name(nltk_index, typed)
