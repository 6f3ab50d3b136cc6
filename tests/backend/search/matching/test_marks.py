from collections.abc import Sequence
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index.counted_vocabulary import vocabulary_of
from app.index.dictionary import Dictionary
from app.index.reader import IndexReader
from app.search.matching import Marker, expand, plan
from app.search.matching.expansion import Expanded
from app.search.matching.word_forms import Range
from app.search.query import Term, TermKind, parse, terms
from app.words import spans


def term(text: str) -> Term:
    return next(terms(parse(text).terms))


def expanded(words: Sequence[str]) -> Expanded:
    """A term that stands for just these words."""
    kind = TermKind.WORD if len(words) == 1 else TermKind.PHRASE
    return Expanded(Term(kind, tuple(words)), (), (), tuple(frozenset([word]) for word in words))


def reference(terms: Sequence[Expanded], text: str) -> list[Range]:
    """Every match, found word by word; of overlapping ones the first, then the longest."""
    every_word = list(spans(text))
    matches = []
    for term in terms:
        size = len(term.forms)
        for i in range(len(every_word) - size + 1):
            if all(every_word[i + k][2] in term.forms[k] for k in range(size)):
                matches.append((every_word[i][0], every_word[i + size - 1][1]))
    kept: list[Range] = []
    for match in sorted(matches, key=lambda match: (match[0], -match[1])):
        if not kept or match[0] >= kept[-1][1]:
            kept.append(match)
    return kept


WORDS = ["love", "loue", "o'er", "o", "er", "caesar", "don't", "don", "12", "3", "naive", "oe", "be", "to"]
PIECES = [*WORDS, "Love", "LOUE", "o’er", "Cæsar", "CÆSAR", "naïve", "Don’t", "1:12", "3:", ":3", "12:3", "loves"]
PIECES += [
    "Œ",
    "ß",
    "ﬁ",
    "\u0302",
    "한",
    "'",
    "’",
    "-",
    "_",
    " ",
    " ",
    " ",
    "\n",
    ", ",
    ". ",
    "🐳",
    "𝒮",
    "é",
    "beloved",
    "1212",
    "x",
]
TEXT = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
TERMS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(expanded), min_size=1, max_size=4)


@pytest.mark.parametrize("many", [0, 1000])
@given(terms=TERMS, text=TEXT)
def test_occurrences_are_those_of_a_slow_search_word_by_word(many: int, terms: list[Expanded], text: str) -> None:
    """Tests both ways of looking for them; one of the two is for many words."""
    with patch("app.search.matching.marks._MANY", many):
        assert Marker(terms).occurrences(text) == reference(terms, text)


@given(terms=TERMS, text=st.text(max_size=40))
def test_no_text_is_too_strange(terms: list[Expanded], text: str) -> None:
    for start, end in Marker(terms).marks(text):
        assert 0 <= start < end <= len(text)


@given(terms=TERMS, text=TEXT, common=st.frozensets(st.sampled_from(WORDS), max_size=3))
def test_marks_are_whole_occurrences_in_order(terms: list[Expanded], text: str, common: frozenset[str]) -> None:
    marker = Marker(terms, common)
    occurrences, marks = marker.occurrences(text), marker.marks(text)
    assert {start for start, _ in marks} <= {start for start, _ in occurrences}
    assert {end for _, end in marks} <= {end for _, end in occurrences}
    assert all(a[1] < b[0] for a, b in pairwise(marks))


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("love", "Love, lover, beloved; he loved and I loue", ["Love", "loved", "loue"]),
        ("loue", "I LOUE and I love", ["LOUE", "love"]),
        ('"caesar\'s ghost"', "to Cæsar’s _ghost_!", ["Cæsar’s _ghost"]),
        ("naive", "🐳🐳 naïve 𝒮 NAIVE", ["naïve", "NAIVE"]),
        ('"was good and the"', "orchard was\ngood. 1:2 And the gardener", ["was\ngood. 1:2 And the"]),
        ("whal*", "a whaler, whaling; the whale", ["whaler", "whaling", "whale"]),
        ("12", "12 pears, 123 plums, 12:12, a12", ["12", "12"]),
        ("learned", "learn'd and learn’d", ["learn'd", "learn’d"]),
        ("strasse", "🐉 ﬁn: die Straße, æ", ["Straße"]),
        ("oeuvre", "Œuvre, œuvre", ["Œuvre", "œuvre"]),
        ('"the strasse"', "æ: the Straße!", ["the Straße"]),
    ],
)
def test_the_marks_are_those_of_the_query(small_index: IndexReader, query: str, text: str, marked: list[str]) -> None:
    marker = Marker([expand(one, small_index.vocabulary) for one in terms(parse(query).terms)])
    assert [text[start:end] for start, end in marker.occurrences(text)] == marked


def test_matches_side_by_side_are_one_mark_and_lone_common_words_none(small_index: IndexReader) -> None:
    terms = [expand(term(word), small_index.vocabulary) for word in ("the", "white", "whale")]
    text = "The sea, the white whale, and the ship."
    marks = Marker(terms, frozenset(["the"])).marks(text)
    assert [text[start:end] for start, end in marks] == ["the white whale"]
    assert len(Marker(terms).marks(text)) == 3


def test_a_common_word_alone_is_marked_when_nothing_else_is_asked(small_index: IndexReader) -> None:
    text = "the end of the day"
    assert len(plan(parse("the"), small_index).marker.marks(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "love",
        '"to be or not to be"',
        "whal*",
        '"of the"',
        "caesar",
        "white whale",
        "learn'd",
        "in the beginning",
        "40",
        "con*",
        "co* cold*",
    ],
)
def test_marks_in_the_real_passages_are_those_of_a_slow_search(nltk_index: IndexReader, text: str) -> None:
    expanded = [expand(one, nltk_index.vocabulary) for one in terms(parse(text).terms)]
    marker = Marker(expanded)
    for i in range(0, nltk_index.books.passage_count, 9):
        located = nltk_index.books.passage(i)
        passage = nltk_index.texts.slice(located.book, located.start, located.end)
        assert marker.occurrences(passage) == reference(expanded, passage)


@pytest.mark.parametrize("end", [".", '"', "’", ":", "", "x"])
def test_a_prefix_that_is_no_word_itself_marks_nothing(end: str) -> None:
    prefix = Expanded(Term(TermKind.PREFIX, ("whal",)), (), ("whale",), (frozenset(["whale"]),))
    text = f"whal{end} whale{end}"
    assert Marker([prefix]).marks(text) == ([] if end == "x" else [(6 + len(end) - 1, 11 + len(end) - 1)])


def test_a_word_that_the_books_do_not_have_marks_nothing() -> None:
    vocabulary = vocabulary_of(Dictionary([]), {"love": 1})
    assert Marker([expand(term("zebra"), vocabulary)]).marks("zebra love") == []
    assert Marker([]).marks("love") == []
