"""Numbered verses become chapters."""

from app.corpus.model import Unit
from app.corpus.structure.scripture import sections, verses

ONE_BOOK = """
The Book of the Orchard

1:1 In the first year. 1:2 At half past
3:15 they came, and read 2:2 aloud.

1:3 And left.

2:1 These are the sayings.
"""
TWO_BOOKS = """
First Things

1:1 One.

It had a second paragraph.


Otherwise called:

Last Things


1:1 Two. 1:2 Three.

2:1 Four.
"""


def test_numbers_that_go_back_are_no_verses() -> None:
    numbers = [(verse.chapter, verse.number) for verse in verses("1:1 a 1:2 b 1:1x 12:30pm 1:3 c 2:1 d 1:4 e 2:2 f")]
    assert numbers == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]


def test_longer_numbers_and_times_in_a_row_are_no_verses() -> None:
    assert list(verses("1234:5 a 1:2:3 b 1:2345 c 10:20. d")) == []


def test_one_book_is_cited_by_its_title_and_not_divided() -> None:
    chapters = sections(ONE_BOOK.replace("3:15", "3.15"), "The Book of the Orchard")
    assert [(s.id, s.part, s.heading, s.reference) for s in chapters] == [
        ("1", None, "Chapter 1", "The Book of the Orchard 1"),
        ("2", None, "Chapter 2", "The Book of the Orchard 2"),
    ]
    assert {section.unit for section in chapters} == {Unit.VERSE}


def test_several_books_are_divisions_named_by_the_line_above_their_first_verse() -> None:
    chapters = sections(TWO_BOOKS, "Things")
    assert [(s.id, s.part, s.reference) for s in chapters] == [
        ("first-things.1", "First Things", "First Things 1"),
        ("last-things.1", "Last Things", "Last Things 1"),
        ("last-things.2", "Last Things", "Last Things 2"),
    ]


def test_a_title_belongs_to_the_book_below_it_and_a_paragraph_to_the_verse_above() -> None:
    first, last, _ = sections(TWO_BOOKS, "Things")
    assert TWO_BOOKS[first.start : first.end].rstrip().endswith("It had a second paragraph.")
    assert TWO_BOOKS[last.start : last.end].lstrip().startswith("Otherwise called:")


def test_names_given_go_before_titles_in_the_text() -> None:
    assert [s.part for s in sections(TWO_BOOKS, "Things", ("Alpha", "Beta"))] == ["Alpha", "Beta", "Beta"]


def test_a_preface_is_front_matter() -> None:
    preface = "To the reader. " * 20
    chapters = sections(preface + "\n\n1:1 One. 1:2 Two.\n", "The Book")
    assert [s.id for s in chapters] == ["front", "1"]


def test_a_text_without_verses_has_no_chapters() -> None:
    assert sections("No verses here.\n", "The Book") == ()
