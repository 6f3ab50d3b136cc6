import pytest

from app.errors import UnknownSection
from app.index.reader import IndexReader
from app.models.shelf import SectionText
from app.search.query import parse
from app.search.reader import book_detail, section_text
from tests.backend.search.conftest import Passages, Search


def read(index: IndexReader, book: str, section: str, text: str | None = None) -> SectionText:
    ordinal = index.books.ordinal(book)
    assert ordinal is not None
    return section_text(index, ordinal, section, parse(text) if text else None)


def test_a_section_shows_its_text_with_the_marks_of_the_query(nltk_index: IndexReader) -> None:
    section = read(nltk_index, "shakespeare-hamlet", "3.1", '"to be or not to be"')
    assert section.reference == "Hamlet, Act 3, Scene 1"
    assert [section.text[start:end] for start, end in section.marks] == ["To be, or not to be"]
    assert read(nltk_index, "shakespeare-hamlet", "3.1").marks == []


def test_the_passages_of_a_section_lie_in_its_text(nltk_index: IndexReader) -> None:
    section = read(nltk_index, "bible-kjv", nltk_index.books.books[3].sections[0].id)
    assert all(0 <= passage.start < passage.end <= len(section.text) for passage in section.passages)
    assert section.passages[0].reference.startswith("Genesis 1:1")


def test_sections_are_linked_through_the_whole_book(small_index: IndexReader) -> None:
    for book in small_index.books.books:
        ids = [section.id for section in book.sections]
        read_on = [read(small_index, book.id, section) for section in ids]
        assert [text.next and text.next.id for text in read_on] == [*ids[1:], None]
        assert [text.previous and text.previous.id for text in read_on] == [None, *ids[:-1]]
        assert [text.previous_hit or text.next_hit for text in read_on] == [None] * len(ids)


@pytest.mark.parametrize(("book", "text"), [("melville-moby_dick", "queequeg"), ("bible-kjv", "shepherd")])
def test_the_way_through_the_hits_visits_every_section_with_one(
    nltk_index: IndexReader, by_hand: Passages, book: str, text: str
) -> None:
    ordinal = nltk_index.books.ordinal(book)
    matching = [by_hand.located[i] for i in by_hand.matching(text)]
    expected = list(dict.fromkeys(located.section.id for located in matching if located.book == ordinal))
    assert ordinal is not None
    first = nltk_index.books.books[ordinal].sections[0].id
    visited = [first] if first in expected else []
    link = read(nltk_index, book, first, text).next_hit
    while link:
        visited.append(link.id)
        link = read(nltk_index, book, link.id, text).next_hit
    assert visited == expected
    back = [visited[-1]]
    while (link := read(nltk_index, book, back[-1], text).previous_hit) is not None:
        back.append(link.id)
    assert back[::-1] == expected


def test_a_section_that_is_not_there_is_refused_with_what_there_is(small_index: IndexReader) -> None:
    with pytest.raises(UnknownSection) as raised:
        read(small_index, "orchard", "99")
    assert (raised.value.parameter, raised.value.allowed) == ("section", "the ids that /books/orchard lists")


def test_contents_are_in_order_and_their_words_add_up(nltk_index: IndexReader) -> None:
    for ordinal in range(len(nltk_index.books.books)):
        detail = book_detail(nltk_index, ordinal)
        positions = [section.position for section in detail.contents]
        assert positions == sorted(positions)
        assert sum(section.words for section in detail.contents) == detail.words
        assert detail.sections == len(detail.contents)


@pytest.mark.parametrize("text", ["white whale", "whale -ahab", '"my lord"', "it was the whiteness of the whales"])
def test_the_marks_of_a_section_are_those_of_its_hits(nltk_index: IndexReader, ask: Search, text: str) -> None:
    hits_of_search = ask(text, group="none", limit=2_000).passages
    assert hits_of_search
    for place in {(hit.book, hit.section): None for hit in hits_of_search[:20]}:
        section = read(nltk_index, *place, text)
        hits = sorted((hit for hit in hits_of_search if (hit.book, hit.section) == place), key=lambda hit: hit.start)
        offsets = [(hit.start - section.start, hit) for hit in hits]
        assert all(section.text[offset : offset + len(hit.text)] == hit.text for offset, hit in offsets)
        assert section.marks == [(offset + start, offset + end) for offset, hit in offsets for start, end in hit.marks]
