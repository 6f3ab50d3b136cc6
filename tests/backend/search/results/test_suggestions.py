import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index.reader import IndexReader
from app.search.results import suggest


def test_words_that_begin_so_come_with_their_frequency(nltk_index: IndexReader) -> None:
    suggested = [suggestion for suggestion in suggest(nltk_index, "whal", 5) if suggestion.kind == "word"]
    assert suggested[0].text == "whale"
    assert all(suggestion.text.startswith("whal") for suggestion in suggested)
    assert all(suggestion.count == nltk_index.vocabulary.count(suggestion.text) for suggestion in suggested)
    counts = [suggestion.count or 0 for suggestion in suggested]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    ("typed", "best"), [("white whal", "white whale"), ("moby di", "moby dick"), ("captain a", "captain ahab")]
)
def test_words_that_follow_the_one_before_come_first(nltk_index: IndexReader, typed: str, best: str) -> None:
    assert next(one.text for one in suggest(nltk_index, typed, 8) if one.kind == "word") == best


@pytest.mark.parametrize("typed", ["white z", "captain zebr", "moby alic"])
def test_after_other_words_only_those_come_that_stand_there(nltk_index: IndexReader, typed: str) -> None:
    assert [one.text for one in suggest(nltk_index, typed, 8) if one.kind == "word"] == []


def test_after_a_word_that_stands_everywhere_a_rare_one_is_suggested_too(nltk_index: IndexReader) -> None:
    assert next(one.text for one in suggest(nltk_index, "the cater", 8)) == "the caterpillar"


def test_headings_of_the_same_name_are_told_apart(nltk_index: IndexReader) -> None:
    headings = [suggestion.text for suggestion in suggest(nltk_index, "holy thurs", 8) if suggestion.kind == "heading"]
    assert headings == [
        "Holy Thursday (Poems of William Blake, Songs of Innocence)",
        "Holy Thursday (Poems of William Blake, Songs of Experience)",
    ]


@pytest.mark.parametrize(
    ("typed", "text", "section"),
    [
        ("whiteness", "The Whiteness of the Whale", "42"),
        ("song of mys", "Song of Myself", None),
        ("lamentat", "Lamentations", "lamentations.1"),
        ("mad tea", "Mad Tea-Party", "7"),
    ],
)
def test_headings_are_found_by_a_word_of_theirs(
    nltk_index: IndexReader, typed: str, text: str, section: str | None
) -> None:
    headings = [one for one in suggest(nltk_index, typed, 8) if one.kind == "heading"]
    assert text.casefold() in headings[0].text.casefold()
    assert section is None or section == headings[0].section


def test_a_heading_is_not_found_from_the_middle_of_a_word(nltk_index: IndexReader) -> None:
    assert [one for one in suggest(nltk_index, "hiteness", 8) if one.kind == "heading"] == []


def test_a_phrase_has_not_the_frequency_of_its_last_word(nltk_index: IndexReader) -> None:
    completions = [suggestion for suggestion in suggest(nltk_index, "white whal", 8) if suggestion.kind == "word"]
    assert [suggestion.count for suggestion in completions] == [None] * len(completions) != []


def test_a_word_goes_on_after_its_apostrophe(nltk_index: IndexReader) -> None:
    assert "don't" in [one.text for one in suggest(nltk_index, "don't", 8)]


@pytest.mark.parametrize(
    ("typed", "text"), [("moby d", "Moby-Dick"), ("alice", "Alice's"), ("mil", "Paradise Lost"), ("WHALE", "Moby-Dick")]
)
def test_books_are_found_by_title_and_author(nltk_index: IndexReader, typed: str, text: str) -> None:
    books = [one for one in suggest(nltk_index, typed, 8) if one.kind == "book"]
    assert any(text in book.text for book in books)
    assert all(book.book and book.section for book in books)


def test_a_place_is_the_first_suggestion(nltk_index: IndexReader) -> None:
    first = suggest(nltk_index, "hamlet 3.1", 8)[0]
    assert (first.kind, first.text, first.book) == ("reference", "Hamlet, Act 3, Scene 1", "shakespeare-hamlet")
    verse = suggest(nltk_index, "john 3:16", 8)[0]
    assert (verse.text, verse.section, verse.units) == ("John 3:16", "john.3", "16")


@pytest.mark.parametrize("typed", ["", " ", "-", '"', "whale "])
def test_nothing_is_suggested_for_no_word(small_index: IndexReader, typed: str) -> None:
    assert suggest(small_index, typed, 8) == []


@given(typed=st.text(max_size=60), limit=st.integers(1, 20))
def test_whatever_is_typed_there_are_at_most_as_many_as_asked(small_index: IndexReader, typed: str, limit: int) -> None:
    assert len(suggest(small_index, typed, limit)) <= limit
