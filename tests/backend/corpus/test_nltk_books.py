"""The catalogue and structure of NLTK's 18 books, on the real files."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import pytest

from app.corpus import nltk_corpus
from app.corpus.model import Book, Form, Section, ShelfKind, Unit
from app.corpus.normalise import normalise
from app.corpus.numbering import numbering
from app.corpus.shelf import Shelf
from app.corpus.structure.books import find_headings
from app.corpus.structure.headings import Kind
from app.corpus.structure.scripture import BIBLE, verses

Books = Mapping[str, tuple[Book, str]]


def counts(book_id: str, books: Books) -> dict[Kind, int]:
    """How many different headings of each kind the rules find."""
    return counts_in(book_id, books[book_id][1])


def counts_in(book_id: str, text: str) -> dict[Kind, int]:
    headings = find_headings(book_id, text)
    return Counter(kind for kind, _, _ in {(m.kind, m.label, m.start) for m in headings})


def sections(book_id: str, books: Books) -> list[Section]:
    """The sections of a book without its front matter."""
    return [section for section in books[book_id][0].sections if section.id != "front"]


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


@pytest.mark.parametrize(
    ("book_id", "chapters"),
    [
        ("austen-persuasion", 24),
        ("austen-sense", 50),
        ("carroll-alice", 12),
        ("chesterton-thursday", 15),
        ("chesterton-ball", 20),
        ("chesterton-brown", 12),
        ("burgess-busterbrown", 23),
    ],
)
def test_chapters_are_sections_numbered_from_one(book_id: str, chapters: int, nltk_books: Books) -> None:
    assert [section.id for section in sections(book_id, nltk_books)] == [str(n) for n in range(1, chapters + 1)]


def test_emma_has_55_chapters_in_3_volumes(nltk_books: Books) -> None:
    chapters = sections("austen-emma", nltk_books)
    assert Counter(section.part for section in chapters) == {"Volume I": 18, "Volume II": 18, "Volume III": 19}
    assert counts("austen-emma", nltk_books) == {Kind.VOLUME: 3, Kind.CHAPTER: 55}
    assert chapters[20].id == "2.3"
    assert chapters[20].reference == "Emma, Volume II, Chapter 3"


def test_moby_dick_has_etymology_extracts_135_chapters_and_epilogue(nltk_books: Books) -> None:
    chapters = sections("melville-moby_dick", nltk_books)
    assert [s.id for s in chapters] == ["etymology", "extracts", *map(str, range(1, 136)), "epilogue"]
    chapter = next(s for s in chapters if s.id == "42")
    assert chapter.heading == "Chapter 42. The Whiteness of The Whale"
    assert chapter.reference == "Moby-Dick, Chapter 42"


def test_paradise_lost_has_12_books_with_numbered_lines(nltk_books: Books) -> None:
    book, text = nltk_books["milton-paradise"]
    lines = [numbering(s, text[s.start : s.end]).numbers[-1] for s in book.sections]
    # As in print, but for books 3, 4 and 9 to 11, which this file divides otherwise.
    assert lines == [798, 1055, 743, 1012, 907, 912, 640, 653, 1188, 1073, 925, 649]
    assert {section.unit for section in book.sections} == {Unit.LINE}


def test_stories_to_tell_are_53(nltk_books: Books) -> None:
    stories = sections("bryant-stories", nltk_books)
    assert len(stories) == 53
    assert stories[9].heading == "How Brother Rabbit Fooled the Whale and the Elephant"


def test_blake_has_46_poems_in_3_collections_and_the_book_of_thel_in_4_parts_with_a_motto(nltk_books: Books) -> None:
    parts = sections("blake-poems", nltk_books)
    poems = Counter(section.part for section in parts)
    assert poems == {"Songs of Innocence": 19, "Songs of Experience": 26, "Appendix": 1, None: 1, "The Book of Thel": 4}
    assert [s.heading for s in parts[-5:]] == ["Thel's Motto", "1", "2", "3", "4"]


def test_the_parents_assistant_has_16_stories_9_chapters_13_scenes_and_2_marked_acts(nltk_books: Books) -> None:
    text = nltk_books["edgeworth-parents"][1]
    number_of = counts("edgeworth-parents", nltk_books)
    assert (number_of[Kind.TITLED], number_of[Kind.CHAPTER], number_of[Kind.SCENE]) == (16, 9, 13)
    assert len(re.findall("^ +ACT THE", text, re.MULTILINE)) == 2
    play = [s for s in sections("edgeworth-parents", nltk_books) if s.part == "Eton Montem"]
    assert [s.heading for s in play] == [
        f"Act {a}, Scene {s}" for a, last in ((1, 3), (2, 2), (3, 4)) for s in range(1, last + 1)
    ]


def test_leaves_of_grass_has_389_poems_in_35_books_and_289_parts(nltk_books: Books) -> None:
    raw = next(book.source.raw for book in nltk_corpus.read(None) or () if book.id == "whitman-leaves")
    assert counts_in("whitman-leaves", normalise(raw)) == {Kind.BOOK: 35, Kind.TITLED: 389, Kind.NUMBERED: 289}
    by_id = {section.id: section for section in sections("whitman-leaves", nltk_books)}
    assert len({section.part for section in by_id.values()}) == 35
    assert len({tuple(identity.split(".")[:2]) for identity in by_id}) == 389
    assert by_id["3.1.6"].reference == "Leaves of Grass, Book 3, Song of Myself, 6"


def test_no_brace_of_the_file_stands_before_a_poem(nltk_books: Books) -> None:
    book, text = nltk_books["whitman-leaves"]
    assert "}" not in text
    poem = next(section for section in book.sections if section.id == "5.33")
    assert text[poem.start : poem.end].lstrip().startswith("Sometimes with One I Love\n\nSometimes with one I love")


def test_macbeth_has_the_27_scenes_of_the_folio_and_the_modern_last_one(nltk_books: Books) -> None:
    book, text = nltk_books["shakespeare-macbeth"]
    assert Counter(section.part for section in book.sections) == {
        f"Act {a}": n for a, n in enumerate((7, 4, 6, 3, 8), 1)
    }
    assert len(book.sections) == 27 + 1
    assert book.sections[-1].id == "5.8"
    assert line_of(text, book.sections[-1].start) == 3159


HAMLET = """
    1.1 Enter Barnardo|1.2 Enter Claudius|1.3 Enter Laertes|1.4 Enter Hamlet, Horatio|1.5 Enter Ghost
    |2.1 Enter Polonius|2.2 Enter King
    |3.1 Enter King|3.2 Enter Hamlet, and two|3.3 Enter King, Rosincrance|3.4 Enter Queene and Polonius
    |4.1 Enter King|4.2 Enter Hamlet|4.3 Enter King|4.4 Enter Fortinbras|4.5 Enter Queene and Horatio
    |4.6 Enter Horatio|4.7 Enter King and Laertes
    |5.1 Enter two Clownes|5.2 Enter Hamlet and Horatio"""
CAESAR = """
    1.1 Enter Flauius|1.2 Enter Caesar, Antony|1.3 Thunder, and Lightning
    |2.1 Enter Brutus in his Orchard|2.2 Thunder & Lightning|2.3 Enter Artemidorus|2.4 Enter Portia
    |3.1 Flourish|3.2 Enter Brutus and goes|3.3 Enter Cinna the Poet
    |4.1 Enter Antony, Octauius|4.2 Drum|4.3 Manet Brutus
    |5.1 Enter Octauius|5.2 Alarum|5.3 Alarums|5.4 Alarum|5.5 Enter Brutus, Dardanius"""


@pytest.mark.parametrize(("book_id", "openings"), [("shakespeare-hamlet", HAMLET), ("shakespeare-caesar", CAESAR)])
def test_scenes_that_the_folio_does_not_mark_start_with_their_entrances(
    book_id: str, openings: str, nltk_books: Books
) -> None:
    book, text = nltk_books[book_id]
    expected = [" ".join(opening.split()).partition(" ") for opening in openings.split("|")]
    assert [section.id for section in book.sections] == [identity for identity, _, _ in expected]
    for section, (_, _, opening) in zip(book.sections, expected, strict=True):
        assert " ".join(text[section.body : section.end].split()).startswith(opening), section.reference


@pytest.mark.parametrize(
    ("book_id", "scene", "line"),
    [
        ("shakespeare-hamlet", "3.1", 2060),
        ("shakespeare-hamlet", "5.2", 4387),
        ("shakespeare-caesar", "3.2", 1902),
        ("shakespeare-caesar", "5.5", 3389),
    ],
)
def test_scenes_keep_the_lines_of_the_file(book_id: str, scene: str, line: int, nltk_books: Books) -> None:
    book, text = nltk_books[book_id]
    assert [line_of(text, section.start) for section in book.sections if section.id == scene] == [line]


def test_the_bible_has_66_books_1189_chapters_and_31102_verses_in_sequence(nltk_books: Books) -> None:
    book, text = nltk_books["bible-kjv"]
    assert tuple(dict.fromkeys(section.part for section in book.sections)) == BIBLE
    assert len(BIBLE) == 66
    assert len(book.sections) == 1_189
    every = list(verses(text))
    assert len(every) == 31_102
    for before, verse in pairwise(every):
        expected = {(before.chapter, before.number + 1), (before.chapter + 1, 1), (1, 1)}
        assert (verse.chapter, verse.number) in expected


def test_chapters_of_the_bible_hold_their_verses_from_1_on(nltk_books: Books) -> None:
    book, text = nltk_books["bible-kjv"]
    for section in book.sections:
        numbers = numbering(section, text[section.start : section.end]).numbers
        assert numbers == tuple(range(1, len(numbers) + 1)), section.reference
    psalm = next(section for section in book.sections if section.reference == "Psalms 119")
    assert numbering(psalm, text[psalm.start : psalm.end]).numbers[-1] == 176


def test_titles_between_the_books_of_the_bible_belong_to_the_book_that_follows(nltk_books: Books) -> None:
    book, text = nltk_books["bible-kjv"]
    texts = {section.reference: text[section.start : section.end] for section in book.sections}
    assert "The Gospel According to Saint Matthew" in texts["Matthew 1"]
    assert texts["Malachi 4"].rstrip().endswith("smite the earth with a curse.")
    assert texts["Galatians 6"].rstrip().endswith("Amen.")


def test_only_front_matter_with_text_is_a_section(nltk_books: Books) -> None:
    fronts = {book.id for book, _ in nltk_books.values() if book.sections[0].id == "front"}
    assert fronts == {"chesterton-thursday", "whitman-leaves"}


def test_sections_cover_every_text_in_order(nltk_shelf: Shelf) -> None:
    for book, text in nltk_shelf.books:
        assert book.length == len(text) == book.sections[-1].end
        assert book.sections[0].start == 0
        assert all(before.end == section.start for before, section in pairwise(book.sections)), book.id
        assert all(section.start <= section.body < section.end for section in book.sections), book.id


def test_ids_and_references_are_unique_and_ids_are_safe_in_an_address(nltk_shelf: Shelf) -> None:
    every = [section for book, _ in nltk_shelf.books for section in book.sections]
    assert len({section.reference for section in every}) == len(every)
    for book, _ in nltk_shelf.books:
        assert len({section.id for section in book.sections}) == len(book.sections)
    assert all(re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", section.id) for section in every)


def test_traps_of_the_files_are_handled(nltk_shelf: Shelf) -> None:
    for book, text in nltk_shelf.books:
        assert not re.search(r"\r|\x1a|Illustration|Project Gutenberg|FINIS|THE END$", text), book.id
    texts = {book.id: text for book, text in nltk_shelf.books}
    assert texts["shakespeare-caesar"].count("æ") == 2
    assert texts["chesterton-ball"].rstrip().endswith("pattern of a cross.")
    assert texts["milton-paradise"].rstrip().endswith("took their solitary way.")
    assert "_" not in texts["burgess-busterbrown"]


def test_the_shelf_has_the_catalogue_of_the_18(nltk_shelf: Shelf) -> None:
    assert nltk_shelf.kind is ShelfKind.NLTK
    books = {book.id: book for book, _ in nltk_shelf.books}
    assert len(books) == 18
    emma, bible, hamlet = books["austen-emma"], books["bible-kjv"], books["shakespeare-hamlet"]
    assert (emma.title, emma.author, emma.year, emma.gutenberg) == ("Emma", "Jane Austen", 1815, 158)
    assert (bible.author, bible.form) == (None, Form.SCRIPTURE)
    assert (hamlet.gutenberg, hamlet.published) == (None, "c. 1600 (First Folio 1623)")
    assert {book.id for book in books.values() if book.early_modern} == {
        "shakespeare-caesar",
        "shakespeare-hamlet",
        "shakespeare-macbeth",
    }
    assert all(book.year for book in books.values())
