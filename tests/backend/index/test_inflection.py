import pytest

from app.index.counted_vocabulary import vocabulary_of
from app.index.dictionary import Dictionary
from app.index.inflection import without_eth


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("goeth", "go"),
        ("loveth", "love"),
        ("sitteth", "sit"),
        ("falleth", "fall"),
        ("carrieth", "carry"),
        ("lieth", "lie"),
    ],
)
def test_a_verb_is_found_without_its_ending(word: str, verb: str) -> None:
    assert without_eth(word, {verb: 1}) == verb


def test_of_several_verbs_the_most_frequent_is_meant() -> None:
    assert without_eth("hopeth", {"hop": 2, "hope": 90}) == "hope"


@pytest.mark.parametrize("word", ["teeth", "twentieth", "sheth", "elizabeth", "seth", "eth"])
def test_a_word_that_is_no_such_verb_stays(word: str) -> None:
    assert without_eth(word, {"te": 1, "tee": 1, "twenty": 9, "she": 9, "s": 1, "see": 1}) == word


def test_a_verb_that_the_books_do_not_have_stays_as_it_is() -> None:
    assert without_eth("winnoweth", {"win": 3}) == "winnoweth"


def test_it_shares_the_key_of_the_other_forms_but_is_no_spelling_of_them() -> None:
    vocabulary = vocabulary_of(Dictionary([]), {"loveth": 2, "love": 5, "loved": 3})
    assert vocabulary.forms("loves") == ["love", "loved", "loveth"]
    assert vocabulary.spellings("love") == ["love"]
