from collections import Counter
from itertools import pairwise

from app.index.frequent_words import FrequentWords
from app.index.pairs import pairs
from app.index.reader import IndexReader
from app.words import words


def test_frequent_words_side_by_side_are_those_that_a_query_finds(nltk_index: IndexReader) -> None:
    vocabulary = nltk_index.vocabulary
    frequent = FrequentWords(vocabulary)
    text = words("To be, or not to bee, that is the Question of the whale and in the the sea")
    tokens, runs = range(len(text)), [[(0, 5), (5, 8)], [(8, len(text))]]
    beside = frequent.beside([*map(vocabulary.canonical, text)], tokens, runs)
    assert beside.terms == [
        [term for start, end in own for term in pairs([*map(vocabulary.key, text[start:end])], vocabulary.frequent)]
        for own in runs
    ]
    expected = ("to be", "be or", "or not", "not to", "that is", "of the", "and in", "in the")
    assert beside.counts == dict.fromkeys(expected, 1)


def test_pairs_of_frequent_words_are_counted_in_each_book(nltk_index: IndexReader) -> None:
    vocabulary, books = nltk_index.vocabulary, nltk_index.books
    hamlet = next(i for i, book in enumerate(books.books) if book.id == "shakespeare-hamlet")
    counted: Counter[str] = Counter()
    first, last = books.extents[hamlet].first, books.extents[hamlet].last
    for located in map(books.passage, range(first, last)):
        text = nltk_index.texts.slice(hamlet, located.start, located.end)
        spoken = nltk_index.speakers.spoken(text, hamlet, located.start)
        counted.update(map(" ".join, pairwise(map(vocabulary.canonical, words(spoken)))))
    pairs = nltk_index.pairs
    assert pairs.of(("the", "the")) is pairs.of(("white", "whale")) is pairs.of(("of",)) is None
    frequent = [words(pair) for pair in counted if vocabulary.frequent.issuperset(map(vocabulary.key, words(pair)))]
    different = [(first, second) for first, second in frequent if first != second]
    assert ("of", "the") in different
    assert {two: dict(pairs.of(two) or ())[hamlet] for two in different} == {
        two: counted[" ".join(two)] for two in different
    }
