"""The list of the books: by year, page by page, and only those whose title or author is looked for."""

from itertools import pairwise
from typing import Any

import pytest

from app.errors import BadCursor, UnknownBook
from app.index.reader import IndexReader
from app.models.shelf import BookList, ShelfInfo
from app.search.reader import BookListRequest, book_list

SHELF = ShelfInfo("nltk", 18, 0, "", None)


def listed(index: IndexReader, **asked: Any) -> BookList:
    return book_list(index, SHELF, BookListRequest(**asked))


def test_books_come_by_year_and_page_by_page_as_in_one_list(nltk_index: IndexReader) -> None:
    whole = listed(nltk_index)
    assert (whole.total, len(whole.books), whole.next) == (18, 18, None)
    assert all((a.year or 9999) <= (b.year or 9999) for a, b in pairwise(whole.books))
    assert whole.longest == max(book.words for book in whole.books)
    first = listed(nltk_index, limit=7)
    second = listed(nltk_index, limit=11, cursor=first.next)
    assert first.books + second.books == whole.books
    assert (first.longest, first.total, second.next) == (whole.longest, 18, None)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("moby", ["melville-moby_dick"]),
        ("  MELV dick", ["melville-moby_dick"]),
        ("austen", ["austen-sense", "austen-emma", "austen-persuasion"]),
        ("jane emm", ["austen-emma"]),
        ("kjv", ["bible-kjv"]),
        ("oby", []),
        ("xqzvwk", []),
    ],
)
def test_the_text_looked_for_begins_words_of_the_title_or_of_the_author(
    nltk_index: IndexReader, text: str, ids: list[str]
) -> None:
    answer = listed(nltk_index, text=text)
    assert [book.id for book in answer.books] == ids
    assert answer.total == len(ids)


@pytest.mark.parametrize("text", ["", "  ", "…!"])
def test_without_a_word_to_look_for_all_books_are_listed(nltk_index: IndexReader, text: str) -> None:
    assert listed(nltk_index, text=text).total == 18


def test_books_are_chosen_by_their_ids(nltk_index: IndexReader) -> None:
    chosen = listed(nltk_index, ids=("melville-moby_dick", "austen-emma.txt"))
    assert [book.id for book in chosen.books] == ["austen-emma", "melville-moby_dick"]
    with pytest.raises(UnknownBook):
        listed(nltk_index, ids=("nowhere",))


def test_a_cursor_belongs_to_what_was_looked_for(nltk_index: IndexReader) -> None:
    following = listed(nltk_index, limit=2).next
    with pytest.raises(BadCursor):
        listed(nltk_index, text="austen", cursor=following)
