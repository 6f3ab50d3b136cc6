"""Words that are written as one or as two."""

from collections import Counter

import pytest

from app.index.compounds import Compounds, hyphenated
from app.index.counted_vocabulary import vocabulary_of
from app.index.dictionary import Dictionary
from app.index.reader import IndexReader


def test_words_with_a_hyphen_between_are_found() -> None:
    text = "To-morrow a sea-side house--keeper, the mother-in-law, well-\nknown O'Neil-house, a-board"
    assert list(hyphenated(text)) == [("to", "morrow"), ("sea", "side"), ("o'neil", "house")]


def test_two_words_are_one_only_if_it_is_a_word_and_both_are_in_the_books() -> None:
    pairs = {("sea", "side"), ("hill", "road"), ("whale", "boat"), ("sub", "marine")}
    compounds = Compounds.of(
        pairs, {"seaside", "submarine"}.__contains__, {"sea", "side", "hill", "road", "whale", "boat", "whaleboat"}
    )
    assert (compounds.parts("seaside"), compounds.parts("whaleboat")) == (("sea", "side"), ("whale", "boat"))
    assert (compounds.parts("hillroad"), compounds.parts("submarine")) == (None, None)
    assert (compounds.joined("sea", "side"), compounds.joined("seas", "ide")) == ("seaside", None)


def test_they_are_written_and_read_again() -> None:
    compounds = Compounds([("sea", "side"), ("to", "morrow")])
    again = Compounds.read(str(compounds))
    assert (again.parts("seaside"), again.parts("tomorrow")) == (("sea", "side"), ("to", "morrow"))
    assert str(Compounds.read("")) == ""


def test_frequent_words_with_a_hyphen_are_no_compound_but_those_that_are_listed_are() -> None:
    counted = Counter({"may": 90, "be": 900, "to": 900, "morrow": 2, "sea": 2, "side": 2})
    pairs = {("may", "be"), ("sea", "side")}
    vocabulary = vocabulary_of(Dictionary(["maybe", "seaside", "tomorrow"]), counted, hyphenated=pairs)
    assert vocabulary.compounds.parts("maybe") is None
    assert vocabulary.compounds.parts("seaside") == ("sea", "side")
    assert vocabulary.compounds.parts("tomorrow") == ("to", "morrow")


@pytest.mark.parametrize(
    "word", ["tomorrow", "today", "tonight", "goodbye", "anybody", "forever", "myself", "housekeeper"]
)
def test_the_real_books_have_them(nltk_index: IndexReader, word: str) -> None:
    assert nltk_index.vocabulary.compounds.parts(word)


@pytest.mark.parametrize("word", ["maybe", "into", "away", "aboard", "another", "whale"])
def test_other_words_are_no_compounds(nltk_index: IndexReader, word: str) -> None:
    assert nltk_index.vocabulary.compounds.parts(word) is None
