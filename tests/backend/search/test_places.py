import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import NoSuchPlace
from app.index.reader import IndexReader
from app.search.places import place, resolve_place


@pytest.mark.parametrize(
    ("typed", "reference", "start"),
    [
        ("Hamlet 3.1", "Hamlet, Act 3, Scene 1", "Enter King"),
        ("hamlet III.i", "Hamlet, Act 3, Scene 1", "Enter King"),
        ("Gen 1:1", "Genesis 1:1", "1:1 In the beginning"),
        ("moby 42", "Moby-Dick, Chapter 42", "CHAPTER 42"),
        ("Emma, Volume II, Chapter 3", "Emma, Volume II, Chapter 3", "CHAPTER III"),
    ],
)
def test_a_reference_finds_its_text(nltk_index: IndexReader, typed: str, reference: str, start: str) -> None:
    found = place(nltk_index, typed)
    assert found.reference == reference
    assert found.text.lstrip("\n ").startswith(start) or start in found.text[:200]
    book = nltk_index.books.ordinal(found.book)
    assert book is not None
    assert found.text == nltk_index.texts.slice(book, found.start, found.start + len(found.text))
    assert len(found.text) <= 2_000


def test_every_passage_is_found_by_its_own_reference(nltk_index: IndexReader) -> None:
    for i in range(0, nltk_index.books.passage_count, 997):
        located = nltk_index.books.passage(i)
        found = resolve_place(nltk_index, located.reference)
        assert found, located.reference
        assert found.section.id == located.section.id
        assert found.start <= located.start < found.end


@pytest.mark.parametrize("typed", ["nowhere", "Hamlet 9.9", "Gen 1:999", " ", "42", "Hamlet " + "1" * 90])
def test_what_names_no_place_says_what_would(nltk_index: IndexReader, typed: str) -> None:
    with pytest.raises(NoSuchPlace) as raised:
        place(nltk_index, typed)
    assert (raised.value.parameter, "Gen 1:1" in (raised.value.allowed or "")) == ("ref", True)


@given(st.text(max_size=120))
def test_whatever_is_typed_is_a_place_or_none(small_index: IndexReader, typed: str) -> None:
    found = resolve_place(small_index, typed)
    assert found is None or 0 <= found.start < found.end <= found.book.length
