"""OR, AND and NOT are the union, the intersection and the difference of what their sides find, whatever these are."""

from collections.abc import Callable
from itertools import permutations

import pytest

from app.index.reader import IndexReader
from app.search import passages
from app.search.matching import plan_all_words
from app.search.query import parse

SIDES = [
    "whale",
    "tomorrow",
    "to-morrow",
    "(for ever)",
    '"my selfe"',
    '"loue"',
    "wh?le",
    "tomorr*",
    "(king queen)",
    "(crown -head)",
    "speaker:hamlet",
    "(king NEAR/3 queen)",
    "the",
]

Found = Callable[[str], set[int]]


@pytest.fixture(scope="module")
def found(nltk_index: IndexReader) -> Found:
    def find(text: str) -> set[int]:
        planned = plan_all_words(parse(text), nltk_index)
        return set(passages.in_order(nltk_index, planned.matches, nltk_index.books.passage_count))

    return find


@pytest.mark.parametrize(("one", "other"), list(permutations(SIDES, 2)))
def test_operators_combine_what_their_sides_find(found: Found, one: str, other: str) -> None:
    left, right = found(one), found(other)
    assert left
    assert found(f"{one} OR {other}") == left | right
    assert found(f"{one} AND {other}") == left & right
    assert found(f"{one} NOT {other}") == left - right
