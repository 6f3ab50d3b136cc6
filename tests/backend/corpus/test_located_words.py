"""The words of a long text, told apart faster than those of a short one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.corpus.located_words import LocatedWords
from app.words import spans


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "'Tis the 1st of 4to, the A1 and 3B2; 'o'er' O''Neill",
        "3:16 For God so 12 loved:16 1:2:3 a:1 1:a",
        "She said: “Don’t!”—what?\nÇa va; naïve\n\nIt is.\né",
    ],
)
def test_words_have_the_places_that_they_have_in_the_text(text: str) -> None:
    assert_the_same(text)


@given(st.text(st.sampled_from("aZ'’09:-? \né二²٣_")) | st.text())
def test_the_words_of_a_long_text_are_told_apart_as_those_of_a_short_one(text: str) -> None:
    assert_the_same(text)


def assert_the_same(text: str) -> None:
    located, expected = LocatedWords(text), list(spans(text))
    assert [located.words[i] for i in located.tokens] == [word for _, _, word in expected]
    assert len(located.words) == len({*located.words})
    assert located.starts.tolist() == [start for start, _, _ in expected]
    for offset in range(len(text) + 1):
        assert located.before(offset) == sum(start < offset for start, _, _ in expected)
