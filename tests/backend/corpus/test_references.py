"""Places are cited, and found again from what people type."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.corpus.alternative_names import BIBLE_BOOKS
from app.corpus.citations import cite, cite_short
from app.corpus.located_words import LocatedWords
from app.corpus.model import Book, Form, Section, Unit
from app.corpus.passages import split
from app.corpus.reference_names import Names, Tables
from app.corpus.references import MOST_CHARACTERS, Place, resolve
from app.corpus.scopes import Scope
from app.words import words

Books = Mapping[str, tuple[Book, str]]
Find = Callable[[str], Place | None]


@pytest.fixture(scope="session")
def names(nltk_books: Books) -> Names:
    return Names(Tables.of([book for book, _ in nltk_books.values()]))


@pytest.fixture(scope="session")
def find(nltk_books: Books, names: Names) -> Find:
    return lambda text: resolve(text, names, lambda book, s: nltk_books[book.id][1][s.start : s.end])


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
        ("Ham. III.i.56", "Hamlet, Act 3, Scene 1, line 56"),
        ("Hamlet 3.1.56-90", "Hamlet, Act 3, Scene 1, lines 56–90"),
        ("Hamlet 3.1.156-90", "Hamlet, Act 3, Scene 1, lines 156–190"),
        ("Hamlet, III, i, 56", "Hamlet, Act 3, Scene 1, line 56"),
        ("Hamlet 3.1.5-3.2.3", "Hamlet, Act 3, Scene 1, line 5–Scene 2, line 3"),
        ("Hamlet act 3", "Hamlet, Act 3"),
        ("Hamlet 3", "Hamlet, Act 3"),
        ("Hamlet, the third act", "Hamlet, Act 3"),
        ("act three of macbeth", "Macbeth, Act 3"),
        ("Macbeth V v 19", "Macbeth, Act 5, Scene 5, line 19"),
        ("Mac. 5.5.19-28", "Macbeth, Act 5, Scene 5, lines 19–28"),
        ("JC 3.2", "Julius Caesar, Act 3, Scene 2"),
        ("Jul. Caes. III, ii", "Julius Caesar, Act 3, Scene 2"),
        ("The Tragedy of Macbeth, act 1", "Macbeth, Act 1"),
        ("PL 1.1-26", "Paradise Lost, Book 1, lines 1–26"),
        ("PL IX 780", "Paradise Lost, Book 9, line 780"),
        ("Paradise Lost, bk. 9, l. 780", "Paradise Lost, Book 9, line 780"),
        ("Paradise Lost, bk. 9, ll. 780-4", "Paradise Lost, Book 9, lines 780–784"),
        ("Book 9 of Paradise Lost", "Paradise Lost, Book 9"),
        ("MD 42", "Moby-Dick, Chapter 42"),
        ("MD 1", "Moby-Dick, Chapter 1"),
        ("Thursday 1", "The Man Who Was Thursday, Chapter 1"),
        ("Leaves of Grass 1.7.3", "Leaves of Grass, Book 1, Eidolons, line 3"),
        ("Chapter 42 of Moby-Dick", "Moby-Dick, Chapter 42"),
        ("moby dick etymology", "Moby-Dick, Etymology"),
        ("Herman Melville, Moby-Dick; or, The Whale, Chapter 36", "Moby-Dick, Chapter 36"),
        ("The Whiteness of the Whale", "Moby-Dick, Chapter 42"),
        ("S&S 1", "Sense and Sensibility, Chapter 1"),
        ("Emma chapter 5", "Emma, Volume I, Chapter 5"),
        ("Emma 14", "Emma, Volume I, Chapter 14"),
        ("Emma 20", "Emma, Volume II, Chapter 2"),
        ("Emma, chapter fifty-five", "Emma, Volume III, Chapter 19"),
        ("Emma vol. 2", "Emma, Volume II"),
        ("Emma II, 3", "Emma, Volume II, Chapter 3"),
        ("Persuasion II.11", "Persuasion, Chapter 23"),
        ("Persuasion, vol. 2, ch. 11", "Persuasion, Chapter 23"),
        ("S&S 3.14", "Sense and Sensibility, Chapter 50"),
        ("Sense and Sensibility vol 1 ch 22", "Sense and Sensibility, Chapter 22"),
        ("Persuasion 2-11", "Persuasion, Chapter 2–Chapter 11"),
        ("Emma 20-22", "Emma, Volume II, Chapter 2–Chapter 4"),
        ("Emma 20, 22", "Emma, Volume II, Chapter 2; Chapter 4"),
        ("Alice in Wonderland chapter 7", "Alice's Adventures in Wonderland, Chapter 7"),
        ("Song of Myself 52", "Leaves of Grass, Book 3, Song of Myself, 52"),
        ("Song of Myself, section 6", "Leaves of Grass, Book 3, Song of Myself, 6"),
        ("Walt Whitman, Song of Myself 6, lines 1-3", "Leaves of Grass, Book 3, Song of Myself, 6, lines 1–3"),
        ("song of myself", "Leaves of Grass, Book 3, Song of Myself"),
        ("Leaves of Grass 3", "Leaves of Grass, Book 3"),
        ("By Blue Ontario's Shore 1", "Leaves of Grass, Book 23, By Blue Ontario's Shore"),
        ("Drum Taps", "Leaves of Grass, Book 21"),
        ("O Captain! My Captain!", "Leaves of Grass, Book 22, O Captain! My Captain!"),
        ("The Lamb", "Poems of William Blake, Songs of Innocence, The Lamb"),
        ("Blake, The Tyger", "Poems of William Blake, Songs of Experience, The Tiger"),
        ("The Tyger, l. 5", "Poems of William Blake, Songs of Experience, The Tiger, line 5"),
        ("Ah! Sun-flower", "Poems of William Blake, Songs of Experience, Ah Sunflower"),
        ("Songs of Experience, London", "Poems of William Blake, Songs of Experience, London"),
        ("The Barring Out", "The Parent's Assistant, The Barring Out; Or, Party Spirit"),
        ("Thel 2", "Poems of William Blake, The Book of Thel, 2"),
        ("Simple Susan 2", "The Parent's Assistant, Simple Susan, Chapter 2"),
        ("First Corinthians 13", "1 Corinthians 13"),
        ("1st Cor. 13", "1 Corinthians 13"),
        ("II Kings 2:11", "2 Kings 2:11"),
        ("Third John 4", "3 John 1:4"),
        ("1SA 17:4", "1 Samuel 17:4"),
        ("I Sa. xvii. 4", "1 Samuel 17:4"),
        ("cf. Isa 17:4", "Isaiah 17:4"),
        ("see John 3:16", "John 3:16"),
        ("The Gospel according to St. John 3:16", "John 3:16"),
        ("the First Epistle of Paul to Timothy 6:10", "1 Timothy 6:10"),
        ("Psalm xxiii", "Psalms 23"),
        ("Ps. l. 5", "Psalms 50:5"),
        ("Gal. v. 22", "Galatians 5:22"),
        ("verse 16 of John 3", "John 3:16"),
        ("Jude 3-4", "Jude 1:3–4"),
        ("John 3:16 KJV", "John 3:16"),
        ("Mark 1:1-8; 2:1", "Mark 1:1–8; 2:1"),
        ("PL 1.1-5; 2.3", "Paradise Lost, Book 1, lines 1–5; Book 2, line 3"),
        ("Mt. 5-7", "Matthew 5–7"),
        ("P. L. I. 1-26", "Paradise Lost, Book 1, lines 1–26"),
        ("Lv. xix.18", "Leviticus 19:18"),
        ("John 3 verse 16", "John 3:16"),
        ("John 3 v. 16", "John 3:16"),
        ("John 3:16f", "John 3:16–17"),
        ("Gen 2:20ff.", "Genesis 2:20–25"),
        ("Gen 2:4a", "Genesis 2:4"),
        ("Luke 2:1-7, 15", "Luke 2:1–7, 15"),
        ("Genesis 1:1-2:3", "Genesis 1:1–2:3"),
        ("Psalms 23, 24", "Psalms 23; 24"),
        ("Ps 23, 6", "Psalms 23:6"),
        ("Psalm 1 and 2", "Psalms 1; 2"),
        ("Genesis 1 & 2", "Genesis 1; 2"),
        ("John 3:16 and 18", "John 3:16, 18"),
        ("John chapter 3 and verse 16", "John 3:16"),
        ("Hamlet act 3 and scene 1", "Hamlet, Act 3, Scene 1"),
        ("The Revelation of St. John the Divine 21:1", "Revelation 21:1"),
        ("Tyger, ll. 1-4", "Poems of William Blake, Songs of Experience, The Tiger, lines 1–4"),
        ("The Ecchoing Green", "Poems of William Blake, Songs of Innocence, The Echoing Green"),
        ("Gen 1:1; 2:3", "Genesis 1:1; 2:3"),
        ("Ps 23-24", "Psalms 23–24"),
        ("Genesis", "Genesis"),
        ("leaves of grass 3.1.6", "Leaves of Grass, Book 3, Song of Myself, 6"),
        ("Leaves of Grass Book 3 Song of Myself 6", "Leaves of Grass, Book 3, Song of Myself, 6"),
    ],
)
def test_usual_forms_are_understood(text: str, reference: str, find: Find) -> None:
    place = find(text)
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
        "Genesis 1:1 and more",
        "Samuel 3",
        "Ju 1",
        "austen 3",
        "in 3",
        "Genesis 1:999999999999",
        "Hamlet and Ophelia",
        "chapter 3",
        "of 3",
        "1 Corinthians" * 50,
        "\x00",
        "Ⅳ ½ ²",
    ],
)
def test_an_unknown_or_ambiguous_reference_is_no_place(text: str, find: Find) -> None:
    assert find(text) is None


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("John 3:99", "John 3:36"),
        ("Acts 29", "Acts 28"),
        ("John 3:30-99", "John 3:30–36"),
        ("Genesis 1:5-3", "Genesis 1:5"),
        ("Genesis 0:1", "Genesis 1"),
        ("Genesis 99999", "Genesis 50"),
        ("Hamlet 9.9", "Hamlet, Act 5"),
        ("Hamlet 3.9.1", "Hamlet, Act 3, Scene 4"),
        ("Hamlet 3.1.999", "Hamlet, Act 3, Scene 1, line 197"),
        ("Hamlet, canto 3", "Hamlet, Act 3"),
        ("Emma 99", "Emma, Volume III, Chapter 19"),
        ("Emma 2.3.5", "Emma, Volume II, Chapter 3"),
        ("moby 42.7", "Moby-Dick, Chapter 42"),
        ("Song of Myself 53", "Leaves of Grass, Book 3, Song of Myself, 52"),
        ("The Lamb 99", "Poems of William Blake, Songs of Innocence, The Lamb, line 20"),
    ],
)
def test_a_reference_to_a_missing_unit_opens_the_nearest_and_says_so(text: str, nearest: str, find: Find) -> None:
    place = find(text)
    assert place is not None
    assert (place.reference, place.exact) == (nearest, False)


@pytest.mark.parametrize(
    ("listed", "name"), [(other, name) for name, others in BIBLE_BOOKS.items() for other in others]
)
def test_every_abbreviation_of_the_lists_names_its_book_of_the_bible(listed: str, name: str, find: Find) -> None:
    for text in (f"{listed} 1:2", f"{listed}. 1.2", f"{listed.upper()} 1,2", f"{listed.replace(' ', '')} 1.ii"):
        place = find(text)
        assert place is not None, text
        assert place.reference == f"{name} 1:2", text


def test_poems_of_the_same_name_are_all_offered(find: Find) -> None:
    place = find("Holy Thursday")
    assert place is not None
    assert place.reference == "Poems of William Blake, Songs of Innocence, Holy Thursday"
    assert [other.reference for other in place.others] == ["Poems of William Blake, Songs of Experience, Holy Thursday"]


def test_a_place_has_a_piece_for_each_stretch_of_text(find: Find) -> None:
    place = find("Luke 2:1-7, 15")
    assert place is not None
    assert [(piece.section.id, piece.first, piece.last) for piece in place.pieces] == [
        ("luke.2", 1, 7),
        ("luke.2", 15, 15),
    ]
    place = find("Genesis 1:30-2:3")
    assert place is not None
    assert [(piece.section.id, piece.first, piece.last) for piece in place.pieces] == [
        ("genesis.1", 30, 31),
        ("genesis.2", 1, 3),
    ]


def test_two_books_of_the_same_title_are_ambiguous() -> None:
    section = Section("1", None, "Chapter 1", "Tale, Chapter 1", 0, 9)
    books = [
        Book(name, "Tale", None, None, None, None, Form.PROSE, False, "en", 9, (section,)) for name in ("one", "two")
    ]
    names = Names(Tables.of(books))
    assert resolve("Tale, Chapter 1", names, lambda _book, _section: "It rained") is None
    assert resolve("tale 1", names, lambda _book, _section: "It rained") is None
    assert resolve("two 1", names, lambda _book, _section: "It rained") is not None


def test_a_place_has_the_text_that_it_names(nltk_books: Books, find: Find) -> None:
    place = find("Genesis 1:3")
    assert place
    assert (
        nltk_books["bible-kjv"][1][place.start : place.end]
        == "1:3 And God said, Let there be light: and there was light."
    )
    place = find("Paradise Lost 1.26")
    assert place
    assert nltk_books["milton-paradise"][1][place.start : place.end] == "And justify the ways of God to men."


def test_every_reference_of_a_section_leads_back_to_it(nltk_books: Books, find: Find) -> None:
    for book, _ in nltk_books.values():
        for section in book.sections:
            place = find(section.reference)
            assert place, section.reference
            # "Good-Bye My Fancy" has a namesake with an exclamation mark.
            reached = next(one for one in (place, *place.others) if one.section is section)
            assert (reached.book, reached.start) == (book, section.start)
            # A poem or story whose first part has no heading of its own is cited as that part is.
            assert reached.end == section.end or len(reached.pieces) > 1


def test_short_citations_lead_back_to_their_sections(nltk_books: Books, find: Find) -> None:
    for book, _ in nltk_books.values():
        for section in book.sections[:: len(book.sections) // 60 + 1]:
            place = find(cite_short(section, 1, 2))
            if section.id != "front":
                assert place, section.reference
                assert (place.section, place.exact) == (section, True), section.reference


def test_citations_lead_back_to_their_passages(nltk_books: Books, find: Find) -> None:
    for book, text in nltk_books.values():
        of_text = LocatedWords(text)
        passages = [
            (section, passage)
            for index, section in enumerate(book.sections)
            for passage in split(text, of_text, index, section, book.form)
        ]
        for section, passage in passages[:: len(passages) // 40 + 1]:
            reference = cite(section, passage.first, passage.last)
            place = find(reference)
            assert place, reference
            assert (place.book, place.section, place.reference) == (book, section, reference)
            if section.unit is not Unit.SPOKEN:  # passages of a play may begin and end with stage directions
                assert not text[max(passage.start, section.body) : place.start].strip(), reference
                assert place.end >= passage.end, reference


@given(
    st.text(max_size=2 * MOST_CHARACTERS)
    | st.from_regex(r"[1-3]? ?[A-Za-z]{1,9}[ .:]\d{1,3}[:. ]\d{1,3}", fullmatch=True)
)
def test_any_text_gets_an_answer(text: str) -> None:
    section = Section("1", None, "Chapter 1", "Tale, Chapter 1", 0, 9)
    book = Book("tale", "Tale", None, None, None, None, Form.PROSE, False, "en", 9, (section,))
    place = resolve(text, Names(Tables.of([book])), lambda _book, _section: "It rained")
    assert place is None or place.section == section


def test_a_place_is_found_sooner_than_a_few_chapters_are_cut_into_words(nltk_books: Books, find: Find) -> None:
    texts = ["Hamlet 3.1", "1 cor 13:4-7", "nothing of the kind 4", "Leaves of Grass, Book 3, Song of Myself, 6"]
    chapters = nltk_books["melville-moby_dick"][1][:200_000]
    find(texts[0])
    assert least(lambda: [find(text) for text in texts]) / len(texts) < least(lambda: words(chapters))


def least(work: Callable[[], object]) -> float:
    """Seconds of the processor, in the best of some rounds."""
    rounds = []
    for _ in range(10):
        start = time.process_time()
        work()
        rounds.append(time.process_time() - start)
    return min(rounds)


def test_stretches_of_books_with_the_same_outline_are_told_apart_by_their_hash(nltk_books: Books) -> None:
    book, _ = nltk_books["carroll-alice"]
    assert len({hash(Scope.of_book(replace(book, id=f"copy-{number}"))) for number in range(100)}) == 100
