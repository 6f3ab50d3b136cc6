import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import NoSuchPlace
from app.index.reader import IndexReader
from app.search.places import place, place_in_query, resolve_place


@pytest.mark.parametrize(
    ("typed", "reference", "start"),
    [
        ("Hamlet 3.1", "Hamlet, Act 3, Scene 1", "Enter King"),
        ("Hamlet act 3", "Hamlet, Act 3", "Enter King"),
        ("John 3:16", "John 3:16", "3:16 For God so loved"),
        ("Mac. 5.5.19-28", "Macbeth, Act 5, Scene 5, lines 19–28", "To morrow, and to morrow"),
        ("hamlet III.i", "Hamlet, Act 3, Scene 1", "Enter King"),
        ("Gen 1:1", "Genesis 1:1", "1:1 In the beginning"),
        ("moby 42", "Moby-Dick, Chapter 42", "CHAPTER 42"),
        ("Emma, Volume II, Chapter 3", "Emma, Volume II, Chapter 3", "CHAPTER III"),
    ],
)
def test_a_reference_finds_its_text(nltk_index: IndexReader, typed: str, reference: str, start: str) -> None:
    answer = place(nltk_index, typed)
    assert answer.reference == reference
    assert answer.text.lstrip("\n ").startswith(start) or start in answer.text[:200]
    book = nltk_index.books.ordinal(answer.book)
    assert book is not None
    assert answer.text == nltk_index.texts.slice(book, answer.start, answer.start + len(answer.text))
    assert len(answer.text) <= 2_000


def test_every_passage_is_found_by_its_own_reference(nltk_index: IndexReader) -> None:
    for i in range(0, nltk_index.books.passage_count, 997):
        located = nltk_index.books.passage(i)
        resolved = resolve_place(nltk_index, located.reference)
        assert resolved, located.reference
        assert (resolved.section.id, resolved.reference) == (located.section.id, located.reference)
        assert resolved.start < located.end
        assert located.start < resolved.end


def test_pieces_that_do_not_follow_each_other_are_set_apart(nltk_index: IndexReader) -> None:
    answer = place(nltk_index, "Luke 2:1-7, 15")
    assert "2:7 And she brought forth" in answer.text
    assert "\n\n…\n\n2:15 And it came to pass" in answer.text
    assert "2:8" not in answer.text
    assert (answer.units, answer.whole) == ("1-7,15", True)


def test_a_place_names_the_next_sections_that_it_goes_on_in(nltk_index: IndexReader) -> None:
    answer = place(nltk_index, "Genesis 1:30-3:2")
    assert (answer.section, answer.units) == ("genesis.1", "30-31")
    assert [(link.reference, link.section, link.units) for link in answer.further] == [
        ("Genesis 2", "genesis.2", ""),
        ("Genesis 3:1–2", "genesis.3", "1-2"),
    ]
    assert [link.reference for link in place(nltk_index, "John 3:16; 4:2").further] == ["John 4:2"]
    assert [link.section for link in place(nltk_index, "Hamlet act 3").further] == ["3.2", "3.3", "3.4"]
    assert place(nltk_index, "John 3:16").further == []
    assert len(place(nltk_index, "Genesis 1-50").further) < 20


def test_only_the_beginning_of_a_long_place_is_shown_and_it_says_so(nltk_index: IndexReader) -> None:
    answer = place(nltk_index, "Genesis 1-50")
    assert len(answer.text) == 2_000
    assert not answer.whole


def test_a_place_that_does_not_exist_is_the_nearest_and_says_so(nltk_index: IndexReader) -> None:
    nearest = place(nltk_index, "John 3:99")
    assert (nearest.reference, nearest.exact) == ("John 3:36", False)
    assert place(nltk_index, "John 3:16").exact


@pytest.mark.parametrize(
    "query", ["The Lamb", "London", "Night", "Genesis", "Ham. III.i.56", "genesis 1", "John 3:16?", "a mad tea-party"]
)
def test_a_query_that_is_a_reference_has_its_place(nltk_index: IndexReader, query: str) -> None:
    assert place_in_query(nltk_index, query)


@pytest.mark.parametrize(
    "query", ["night", "can't", "Is", "job", '"the lamb"', "the lamb*", "hamlet and ophelia", "love 3", "emma"]
)
def test_a_query_that_is_none_has_no_place(nltk_index: IndexReader, query: str) -> None:
    assert place_in_query(nltk_index, query) is None


@pytest.mark.parametrize("typed", ["nowhere", "Hamlet", "love 9", " ", "42", "Hamlet " + "1" * 190])
def test_a_reference_that_names_no_place_is_told_what_would(nltk_index: IndexReader, typed: str) -> None:
    with pytest.raises(NoSuchPlace) as raised:
        place(nltk_index, typed)
    assert (raised.value.parameter, "Gen 1:1" in (raised.value.allowed or "")) == ("ref", True)


@given(st.text(max_size=120))
def test_whatever_is_typed_is_a_place_or_none(small_index: IndexReader, typed: str) -> None:
    resolved = resolve_place(small_index, typed)
    assert resolved is None or 0 <= resolved.start < resolved.end <= resolved.book.length
