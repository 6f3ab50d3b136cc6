import pytest

from app.index.reader import IndexReader
from app.index.spelling import canonical_spellings, fold
from app.index.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("old", "modern"),
    [
        ("loue", "love"),
        ("vpon", "upon"),
        ("merrie", "merry"),
        ("haue", "have"),
        ("iudge", "judge"),
        ("vvhat", "what"),
        ("learn'd", "learned"),
        ("sunne", "sun"),
        ("goe", "go"),
    ],
)
def test_spellings_of_one_word_share_their_key(old: str, modern: str) -> None:
    assert fold(old) == fold(modern)
    assert canonical_spellings({modern: 3}, [old]) == {old: modern}


def test_a_word_that_a_modern_book_has_keeps_its_spelling() -> None:
    assert canonical_spellings({"the": 100, "thee": 1, "loue": 1, "love": 9}, []) == {}


def test_a_participle_is_written_out_only_if_the_books_have_it_so() -> None:
    assert canonical_spellings({"learn'd": 2, "learned": 5, "o'er": 1, "bow'd": 1}, []) == {"learn'd": "learned"}


def test_of_several_modern_words_the_nearest_in_length_wins_then_the_most_frequent() -> None:
    assert canonical_spellings({"do": 50, "doo": 1}, ["doe"])["doe"] == "doo"
    assert canonical_spellings({"wine": 3, "vine": 4, "uine": 9}, ["vvine", "uin"])["uin"] in ("uine", "vine")
    assert canonical_spellings({"bel": 2, "bell": 7}, ["belle"])["belle"] == "bell"


def test_an_old_spelling_of_a_participle_gets_the_spelling_of_the_word_itself() -> None:
    found = canonical_spellings({"lov'd": 1, "loved": 9}, ["lou'd"])
    assert found == {"lov'd": "loved", "lou'd": "loved"}


def test_thee_is_never_the() -> None:
    vocabulary = Vocabulary.of_books([(False, {"the": 50, "thee": 2}), (True, {"thee": 9, "loue": 2})])
    assert vocabulary.canonical("thee") == "thee"
    assert vocabulary.spellings("the") == ["the"]


def test_thee_is_never_the_in_the_real_books(nltk_index: IndexReader) -> None:
    assert "thee" not in nltk_index.vocabulary.spellings("the")
