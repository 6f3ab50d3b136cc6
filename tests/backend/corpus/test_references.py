"""Places are cited, and found again from what people type."""

import time
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.corpus.model import Book, Form, Section, Unit
from app.corpus.passages import split
from app.corpus.references import MOST_CHARACTERS, Place, cite, resolve
from app.words import words

Books = Mapping[str, tuple[Book, str]]


def find(text: str, books: Books) -> Place | None:
    return resolve(
        text,
        [book for book, _ in books.values()],
        lambda book, section: books[book.id][1][section.start : section.end],
    )


def test_a_section_without_numbers_is_cited_as_itself() -> None:
    section = Section("3.1", "Act 3", "Scene 1", "Hamlet, Act 3, Scene 1", 0, 9)
    assert cite(section, 0, 0) == "Hamlet, Act 3, Scene 1"


@pytest.mark.parametrize(
    ("unit", "first", "last", "reference"),
    [
        (Unit.VERSE, 1, 5, "Book 2:1–5"),
        (Unit.VERSE, 3, 3, "Book 2:3"),
        (Unit.LINE, 1, 26, "Book 2, lines 1–26"),
        (Unit.LINE, 26, 26, "Book 2, line 26"),
        (Unit.LINE, 0, 0, "Book 2"),
    ],
)
def test_verses_and_lines_are_cited_by_number(unit: Unit, first: int, last: int, reference: str) -> None:
    section = Section("2", None, "2", "Book 2", 0, 9, unit)
    assert cite(section, first, last) == reference


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Hamlet 3.1", "Hamlet, Act 3, Scene 1"),
        ("hamlet act 3 scene 1", "Hamlet, Act 3, Scene 1"),
        ("Hamlet III.i", "Hamlet, Act 3, Scene 1"),
        ("  HAMLET   3:1 ", "Hamlet, Act 3, Scene 1"),
        ("The Tragedie of Hamlet, 3.1", "Hamlet, Act 3, Scene 1"),
        ("Macbeth V.viii", "Macbeth, Act 5, Scene 8"),
        ("caesar 3.2", "Julius Caesar, Act 3, Scene 2"),
        ("Gen 1:1", "Genesis 1:1"),
        ("Genesis １:１", "Genesis 1:1"),
        ("genesis 1:1-5", "Genesis 1:1–5"),
        ("Genesis 1:1–5", "Genesis 1:1–5"),
        ("Genesis, chapter 1, verses 3 - 4", "Genesis 1:3–4"),
        ("1 cor 13", "1 Corinthians 13"),
        ("I Cor. xiii, 4", "1 Corinthians 13:4"),
        ("1cor 13:4-7", "1 Corinthians 13:4–7"),
        ("Ps 23", "Psalms 23"),
        ("psalm 23:1", "Psalms 23:1"),
        ("Ex. 20:3", "Exodus 20:3"),
        ("Lev 19:18", "Leviticus 19:18"),
        ("Num 6:24", "Numbers 6:24"),
        ("Deut 6:4", "Deuteronomy 6:4"),
        ("Josh 1:9", "Joshua 1:9"),
        ("Judg 5", "Judges 5"),
        ("1 Sam 17", "1 Samuel 17"),
        ("2 Kgs 2:11", "2 Kings 2:11"),
        ("Prov 31", "Proverbs 31"),
        ("Eccl 3:1", "Ecclesiastes 3:1"),
        ("Song of Songs 2:1", "Song of Solomon 2:1"),
        ("Isa 53:5", "Isaiah 53:5"),
        ("Jer 31", "Jeremiah 31"),
        ("Ezek 37", "Ezekiel 37"),
        ("Dan 5", "Daniel 5"),
        ("Mt 5:3", "Matthew 5:3"),
        ("Mk 1:1", "Mark 1:1"),
        ("Lk 2:1", "Luke 2:1"),
        ("Jn 3:16", "John 3:16"),
        ("1 Jn 4:8", "1 John 4:8"),
        ("Acts 2", "Acts 2"),
        ("Rom 8:28", "Romans 8:28"),
        ("Gal 5", "Galatians 5"),
        ("Eph 6", "Ephesians 6"),
        ("Phil 4:13", "Philippians 4:13"),
        ("Phlm 6", "Philemon 1:6"),
        ("Col 3", "Colossians 3"),
        ("1 Thess 5:17", "1 Thessalonians 5:17"),
        ("2 Tim 4:7", "2 Timothy 4:7"),
        ("Heb 11:1", "Hebrews 11:1"),
        ("Jas 2", "James 2"),
        ("1 Pet 5", "1 Peter 5"),
        ("Rev 22:21", "Revelation 22:21"),
        ("Jude 5", "Jude 1:5"),
        ("moby 42", "Moby-Dick, Chapter 42"),
        ("Moby Dick chapter XLII", "Moby-Dick, Chapter 42"),
        ("moby-dick, epilogue", "Moby-Dick, Epilogue"),
        ("Emma 2.3", "Emma, Volume II, Chapter 3"),
        ("emma, volume ii, chapter 3", "Emma, Volume II, Chapter 3"),
        ("Emma vol. 2 ch. 3", "Emma, Volume II, Chapter 3"),
        ("alice 7", "Alice's Adventures in Wonderland, Chapter 7"),
        ("Alice’s Adventures in Wonderland, Chapter 7", "Alice's Adventures in Wonderland, Chapter 7"),
        ("thursday 3", "The Man Who Was Thursday, Chapter 3"),
        ("man who was thursday 3", "The Man Who Was Thursday, Chapter 3"),
        ("Paradise Lost 1.26", "Paradise Lost, Book 1, line 26"),
        ("paradise lost book 1 line 26", "Paradise Lost, Book 1, line 26"),
        ("par lost 1.1-5", "Paradise Lost, Book 1, lines 1–5"),
        ("Milton 12", "Paradise Lost, Book 12"),
        ("leaves of grass 3.1.6", "Leaves of Grass, Book 3, Song of Myself, 6"),
        ("Leaves of Grass Book 3 Song of Myself 6", "Leaves of Grass, Book 3, Song of Myself, 6"),
    ],
)
def test_usual_forms_are_understood(text: str, reference: str, nltk_books: Books) -> None:
    place = find(text, nltk_books)
    assert place is not None
    assert place.reference == reference


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "3.1",
        "1 2 3",
        "::,.",
        "love 3",
        "Hamlet",
        "Hamlet 9.9",
        "Hamlet 3.1.56",
        "Genesis 1:99",
        "Genesis 1:5-3",
        "Genesis 1:1-2:3",
        "Genesis 1:1 and more",
        "Samuel 3",
        "Ju 1",
        "austen 3",
        "Emma 14",
        "in 3",
        "Genesis 99999",
        "Genesis 1:999999999999",
        "1 Corinthians" * 50,
        "\x00",
        "Ⅳ ½ ²",
    ],
)
def test_what_is_unknown_or_ambiguous_is_no_place(text: str, nltk_books: Books) -> None:
    assert find(text, nltk_books) is None


def test_two_books_of_the_same_title_are_ambiguous() -> None:
    section = Section("1", None, "Chapter 1", "Tale, Chapter 1", 0, 9)
    books = [Book(name, "Tale", None, None, None, None, Form.PROSE, False, 9, (section,)) for name in ("one", "two")]
    assert resolve("Tale, Chapter 1", books, lambda _book, _section: "It rained") is None
    assert resolve("tale 1", books, lambda _book, _section: "It rained") is None
    assert resolve("two 1", books, lambda _book, _section: "It rained") is not None


def test_a_place_has_the_text_that_it_names(nltk_books: Books) -> None:
    place = find("Genesis 1:3", nltk_books)
    assert place
    assert (
        nltk_books["bible-kjv"][1][place.start : place.end]
        == "1:3 And God said, Let there be light: and there was light."
    )
    place = find("Paradise Lost 1.26", nltk_books)
    assert place
    assert nltk_books["milton-paradise"][1][place.start : place.end] == "And justify the ways of God to men."


def test_every_reference_of_a_section_leads_back_to_it(nltk_books: Books) -> None:
    for book, _ in nltk_books.values():
        for section in book.sections:
            place = find(section.reference, nltk_books)
            assert place, section.reference
            assert (place.book, place.section, place.start, place.end) == (book, section, section.start, section.end)


def test_citations_lead_back_to_their_passages(nltk_books: Books) -> None:
    for book, text in nltk_books.values():
        passages = [
            (section, passage)
            for index, section in enumerate(book.sections)
            for passage, _ in split(text, index, section, book.form)
        ]
        for section, passage in passages[:: len(passages) // 40 + 1]:
            reference = cite(section, passage.first, passage.last)
            place = find(reference, nltk_books)
            assert place, reference
            assert (place.book, place.section, place.reference) == (book, section, reference)
            assert not text[max(passage.start, section.body) : place.start].strip(), reference
            assert place.end >= passage.end, reference


@given(
    st.text(max_size=2 * MOST_CHARACTERS)
    | st.from_regex(r"[1-3]? ?[A-Za-z]{1,9}[ .:]\d{1,3}[:. ]\d{1,3}", fullmatch=True)
)
def test_any_text_gets_an_answer(text: str) -> None:
    section = Section("1", None, "Chapter 1", "Tale, Chapter 1", 0, 9)
    book = Book("tale", "Tale", None, None, None, None, Form.PROSE, False, 9, (section,))
    place = resolve(text, [book], lambda _book, _section: "It rained")
    assert place is None or place.section == section


def test_a_place_is_found_sooner_than_a_few_chapters_are_cut_into_words(nltk_books: Books) -> None:
    texts = ["Hamlet 3.1", "1 cor 13:4-7", "nothing of the kind 4", "Leaves of Grass, Book 3, Song of Myself, 6"]
    chapters = nltk_books["melville-moby_dick"][1][:200_000]
    find(texts[0], nltk_books)
    assert least(lambda: [find(text, nltk_books) for text in texts]) / len(texts) < least(lambda: words(chapters))


def least(work: Callable[[], object]) -> float:
    """Seconds of the processor, in the best of some rounds."""
    rounds = []
    for _ in range(10):
        start = time.process_time()
        work()
        rounds.append(time.process_time() - start)
    return min(rounds)
