from hypothesis import given
from hypothesis import strategies as st

from app.index.pairs import frequent, pairs
from app.index.reader import IndexReader
from app.index.schema import PAIRS
from app.search.matching import Composer, expand
from app.search.passages import count
from app.search.query import parse, terms
from app.words import words


def test_a_word_is_frequent_when_it_makes_up_more_than_one_of_four_hundred() -> None:
    assert frequent({"the": 3, "whale": 1, "sea": 796}) == {"the", "sea"}
    assert frequent({}) == frozenset()


def test_only_frequent_neighbours_are_pairs() -> None:
    assert pairs(["to", "be", "or", "ahab", "not", "to"], {"to", "be", "or", "not"}) == ["to_be", "be_or", "not_to"]
    assert pairs([], {"to"}) == []


@given(keys=st.lists(st.sampled_from("abc"), max_size=9), known=st.frozensets(st.sampled_from("abc")))
def test_a_phrase_has_no_pair_that_its_text_has_not(keys: list[str], known: frozenset[str]) -> None:
    assert set(pairs(keys[2:5], known)) <= set(pairs(keys, known))


def test_frequent_words_are_the_same_after_opening(nltk_index: IndexReader) -> None:
    assert {"the", "and", "to", "be"} <= nltk_index.vocabulary.frequent
    assert "whale" not in nltk_index.vocabulary.frequent
    assert nltk_index.searcher.doc_freq(PAIRS, "of_the") > 1000


def test_a_phrase_of_frequent_words_is_in_just_the_passages_that_have_it(nltk_index: IndexReader) -> None:
    index = nltk_index
    for text in ("to be or not to be", "he said unto them", "and in the"):
        term = expand(next(terms(parse(f'"{text}"').terms)), index.vocabulary)
        assert set(pairs(term.keys, index.vocabulary.frequent))
        assert count(index, Composer(index).term(term)) == sum(f" {text} " in passage for passage in _modern(index))


def _modern(index: IndexReader) -> list[str]:
    """The words of every passage in their modern spelling."""
    located = (index.books.passage(i) for i in range(index.books.passage_count))
    texts = (index.texts.slice(one.book, one.start, one.end) for one in located)
    return [f" {' '.join(map(index.vocabulary.canonical, words(text)))} " for text in texts]
