"""Which words share a key: inflections do, words that only share a stem do not."""

import pytest

from app.index.dictionary import Dictionary
from app.index.lexemes import lexemes, related
from app.index.reader import IndexReader

DICTIONARY = Dictionary(["wit/S", "witness/SDG", "morn/S", "morning/S", "stop/S", "stopped", "lave/SDG", "Jew/S"])


def test_a_stem_alone_makes_no_word_of_two() -> None:
    assert lexemes(["wit", "wits", "witness", "witnesses"], DICTIONARY) == {
        "wit": "wit",
        "wits": "wit",
        "witness": "witness",
        "witnesses": "witness",
    }


def test_inflections_of_a_word_that_the_books_do_not_have_are_one() -> None:
    assert lexemes(["laved", "laving"], DICTIONARY) == {"laved": "laved", "laving": "laved"}


def test_old_inflections_and_those_of_unknown_words_are_one() -> None:
    lexeme_of = lexemes(["stop", "stopped", "stopping", "dashwood", "dashwoods", "dashwood's"], DICTIONARY)
    assert set(lexeme_of.values()) == {"stop", "dashwood"}


def test_a_word_with_an_entry_is_no_inflection_that_the_dictionary_does_not_have() -> None:
    assert lexemes(["morn", "morns", "morning"], DICTIONARY) == {"morn": "morn", "morns": "morn", "morning": "morning"}


@pytest.mark.parametrize(("word", "form"), [("walking", "walked"), ("carries", "carry"), ("dying", "die")])
def test_a_word_that_the_books_do_not_have_leads_to_its_inflections(word: str, form: str) -> None:
    assert form in related(word)


def test_only_words_are_words_and_names_are_none() -> None:
    assert "wits" in DICTIONARY
    assert "witnessed" in DICTIONARY
    assert "jew" not in DICTIONARY
    assert "witnesing" not in DICTIONARY


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("wit", "witness"),
        ("mad", "madness"),
        ("wilder", "wilderness"),
        ("import", "important"),
        ("animal", "animated"),
        ("happy", "happiness"),
        ("wretch", "wretched"),
    ],
)
def test_words_that_only_share_a_stem_are_apart_in_the_real_books(
    nltk_index: IndexReader, word: str, other: str
) -> None:
    assert other in nltk_index.vocabulary
    assert other not in nltk_index.vocabulary.forms(word)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("feel", "feeling"),
        ("stop", "stopped"),
        ("build", "builded"),
        ("honour", "honoured"),
        ("whale", "whaling"),
        ("lie", "lying"),
        ("go", "goeth"),
        ("carry", "carried"),
        ("ahab", "ahab's"),
        ("wed", "wedding"),
    ],
)
def test_inflections_are_together_in_the_real_books(nltk_index: IndexReader, word: str, other: str) -> None:
    assert other in nltk_index.vocabulary.forms(word)
