from collections import Counter

import pytest

from app.index.counted_vocabulary import vocabulary_of
from app.index.dictionary import Dictionary
from app.index.vocabulary import Vocabulary
from app.words import words

MODERN = Counter(words("love loves loved loving upon the merry learned naïve whale whaling whales"))
EARLY = Counter(words("loue loue louing vpon the thee merrie learn'd loue's"))


@pytest.fixture(scope="module")
def built() -> Vocabulary:
    return vocabulary_of(Dictionary([]), MODERN, EARLY)


@pytest.fixture(scope="module")
def loaded(built: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    directory = tmp_path_factory.mktemp("vocabulary")
    built.save(directory)
    return Vocabulary.load(directory)


def test_nothing_is_lost_in_the_files(built: Vocabulary, loaded: Vocabulary) -> None:
    assert loaded.words == built.words
    for word in built.words:
        assert loaded.canonical(word) == built.canonical(word)
        assert loaded.key(word) == built.key(word)
        assert loaded.forms(word) == built.forms(word)
        assert loaded.count(word) == built.count(word)


def test_words_are_counted(loaded: Vocabulary) -> None:
    assert [loaded.count(word) for word in ("the", "loue", "zebra")] == [2, 2, 0]
    assert loaded.count_of_forms("loves") == sum(map(loaded.count, loaded.forms("loves")))


def test_forms_of_a_word_share_their_key_whatever_their_spelling(loaded: Vocabulary) -> None:
    assert {loaded.key(word) for word in ("love", "loves", "loved", "loue", "louing")} == {"love"}
    assert loaded.forms("loving") == loaded.forms("love") == sorted(loaded.forms("love"))
    assert loaded.spellings("love") == ["loue", "love"]
    assert loaded.spellings("loue") == ["loue", "love"]


def test_all_words_with_several_spellings_are_those_that_each_have(loaded: Vocabulary) -> None:
    assert {"love", "loue", "upon", "vpon"} <= loaded.with_spellings < set(loaded.words)
    assert loaded.with_spellings == {
        word for word in loaded.words if loaded.canonical(word) != word or len(loaded.spellings(word)) > 1
    }


def test_a_word_that_no_book_has_still_has_a_key(loaded: Vocabulary) -> None:
    assert "walking" not in loaded
    assert loaded.key("walking") == "walking"
    assert loaded.spellings("walking") == []
    assert loaded.key("whaled") == loaded.key("whale")


def test_prefixes_give_the_most_frequent_words_first(loaded: Vocabulary) -> None:
    assert loaded.starting_with("lo", 2) == ["loue", "loue's"]
    assert set(loaded.starting_with("whal", 9)) == {"whale", "whales", "whaling"}
    assert loaded.starting_with("zz", 9) == []
