"""Sections are cut into passages."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.corpus.located_words import LocatedWords
from app.corpus.model import Book, Form, Passage, Section, Unit
from app.corpus.passages import FEWEST_WORDS, MOST_WORDS, split
from app.corpus.shelf import Shelf
from app.words import words


def whole(text: str, unit: Unit | None = None, body: int = 0) -> Section:
    return Section("1", None, "All", "Book, All", 0, len(text), unit, body)


def texts_of(text: str, form: Form = Form.PROSE, unit: Unit | None = None) -> list[str]:
    return [text[p.start : p.end] for p in split(text, LocatedWords(text), 0, whole(text, unit), form)]


def sentence(length: int, word: str = "word") -> str:
    return f"{word.capitalize()} {' '.join([word] * (length - 1))}."


def test_a_short_section_is_one_passage_without_blanks_around() -> None:
    text = "\n\n  CHAPTER I\n\n  Call me Ishmael.\n\n"
    assert texts_of(text) == ["CHAPTER I\n\n  Call me Ishmael."]


def test_a_section_without_words_has_no_passage() -> None:
    assert texts_of("\n\n * * *\n") == []


def test_prose_ends_at_paragraphs() -> None:
    paragraphs = [sentence(60) for _ in range(6)]
    assert texts_of("\n\n".join(paragraphs)) == ["\n\n".join(paragraphs[i : i + 2]) for i in (0, 2, 4)]


def test_a_long_paragraph_ends_at_sentences() -> None:
    sentences = [sentence(30) for _ in range(15)]
    assert all(text.startswith("Word") and text.endswith(".") for text in texts_of(" ".join(sentences)))


def test_mr_and_mrs_end_no_sentence() -> None:
    texts = texts_of("Mr. Knightley met Mrs. Weston, and " * 80)
    assert len(texts) > 2
    assert not any(text.endswith(".") for text in texts[:-1])


def test_a_sentence_that_is_too_long_ends_at_clauses_or_else_between_words() -> None:
    clauses = "; ".join(" ".join(["word"] * 45) for _ in range(8))
    assert [len(words(text)) for text in texts_of(clauses)] == [180, 180]
    assert [len(words(text)) for text in texts_of("word " * 450)] == [200, 200, 50]


def test_a_tiny_rest_is_merged_or_evened_out() -> None:
    assert [len(words(text)) for text in texts_of(f"{sentence(120)}\n\n{sentence(10)}")] == [130]
    lengths = [
        len(words(text)) for text in texts_of(f"{sentence(120)}\n\n{sentence(60)} {sentence(130)}\n\n{sentence(9)}")
    ]
    assert sum(lengths) == 319
    assert all(FEWEST_WORDS <= length <= MOST_WORDS for length in lengths)


def test_verses_are_kept_whole_and_numbered() -> None:
    text = "1:1 Title\n" + "".join(f"1:{n} {sentence(30)} " for n in range(2, 12))
    passages = split(text, LocatedWords(text), 7, whole(text, Unit.VERSE), Form.SCRIPTURE)
    assert [(p.first, p.last) for p in passages] == [(1, 5), (6, 9), (10, 11)]
    assert all(text[p.start : p.end].startswith(f"1:{p.first} ") for p in passages)
    assert {p.section for p in passages} == {7}


def test_lines_of_verse_are_kept_whole_and_counted_below_the_heading() -> None:
    lines = [f"  Line {n} of a poem in which nothing rhymes," for n in range(1, 81)]
    text = "BOOK I\n\n" + "\n".join(lines) + "\n"
    passages = split(text, LocatedWords(text), 0, whole(text, Unit.LINE, body=6), Form.VERSE)
    assert [passages[0].first, passages[-1].last] == [1, 80]
    assert all(before.last + 1 == after.first for before, after in pairwise(passages))
    assert all(text[p.start : p.end].endswith("rhymes,") for p in passages)


def test_verse_ends_at_stanzas() -> None:
    stanza = "\n".join(sentence(15) for _ in range(8))
    assert texts_of(f"{stanza}\n\n{stanza}\n\n{stanza}", Form.VERSE) == [stanza] * 3


def test_speeches_are_kept_whole() -> None:
    speech = "\n".join(["  Ham. " + "word " * 9, *["word " * 9] * 5])
    text = "\n".join([speech] * 5)
    assert all(passage.startswith("Ham.") for passage in texts_of(text, Form.PLAY))


MARKS = ["word", "Mr.", "don't", "3", "3:16", " 2:1 ", "1:1 ", "æ", "!", "--", "; ", ". ", '." ', "\n", "\n\n", "。"]
STRETCHES = [" word" * 60, "a-" * 150, "Sentence one. ", "\n  Ham. ", "  verse, line\n", "·" * 30]
PIECES = st.sampled_from(MARKS + STRETCHES)
TEXTS = st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=300)


@given(TEXTS, TEXTS, st.sampled_from(Form), st.sampled_from([None, *Unit]))
def test_passages_give_back_every_word_in_order_within_bounds(
    before: str, text: str, form: Form, unit: Unit | None
) -> None:
    every = f"{before}\n\n{text}"
    start = len(every) - len(text)
    section = Section("1", None, "All", "Book, All", start, len(every), unit, start)
    passages = split(every, LocatedWords(every), 3, section, form)
    assert [w for p in passages for w in words(every[p.start : p.end])] == words(text)
    assert_in_bounds(passages, every, section)


def assert_in_bounds(passages: list[Passage], text: str, section: Section) -> None:
    """Passages lie in order in their section, are trimmed, and have enough words, unless the section has fewer."""
    assert all(before.end <= after.start for before, after in pairwise(passages))
    for passage in passages:
        passage_text = text[passage.start : passage.end]
        assert section.start <= passage.start < passage.end <= section.end
        assert passage_text == passage_text.strip()
        assert passage.words == len(words(passage_text))
        assert 0 < passage.words <= MOST_WORDS
        assert passage.first <= passage.last
    assert len(passages) < 2 or all(passage.words >= FEWEST_WORDS for passage in passages)


def test_passages_of_the_real_books_hold_their_every_word_within_bounds(nltk_shelf: Shelf) -> None:
    total = 0
    for book, text in nltk_shelf.books:
        of_text = LocatedWords(text)
        for index, section in enumerate(book.sections):
            passages = split(text, of_text, index, section, book.form)
            assert_in_bounds(passages, text, section)
            section_words = words(text[section.start : section.end])
            assert [w for p in passages for w in words(text[p.start : p.end])] == section_words, section.reference
            total += len(passages)
    assert 15_000 <= total <= 25_000


@pytest.mark.parametrize(
    ("book_id", "quote"),
    [
        ("shakespeare-hamlet", "To be, or not to be, that is the Question: Whether 'tis Nobler"),
        ("bible-kjv", "God said, Let there be light: and there was light."),
        ("milton-paradise", "Better to reign in Hell than serve in Heaven."),
        ("melville-moby_dick", "A hump like a snow-hill! It is Moby Dick!"),
        ("whitman-leaves", "Look'd up in perfect silence at the stars."),
    ],
)
def test_quotes_are_not_torn(book_id: str, quote: str, nltk_books: Mapping[str, tuple[Book, str]]) -> None:
    book, text = nltk_books[book_id]
    of_text = LocatedWords(text)
    passages = (p for i, section in enumerate(book.sections) for p in split(text, of_text, i, section, book.form))
    assert any(quote in " ".join(text[p.start : p.end].split()) for p in passages)
