"""The numbers of headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.corpus.structure.numerals import from_roman, number, roman


@given(st.integers(1, 399))
def test_roman_figures_are_read_as_they_are_written(value: int) -> None:
    assert from_roman(roman(value)) == from_roman(roman(value).lower()) == value


@pytest.mark.parametrize("figures", ["", "IIX", "VV", "civic", "IIII", "C" * 400, "XLX", "1"])
def test_a_word_that_only_looks_like_a_roman_numeral_is_no_number(figures: str) -> None:
    assert from_roman(figures) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("42", 42), ("XLII", 42), ("Forty-two", 42), ("forty", 40), ("TWELFTH", 12), ("Quarta", 4), ("Tertius", 3)],
)
def test_numbers_are_read_in_every_form(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["love", "forty-eleven", "99999"])
def test_other_words_are_no_numbers(text: str) -> None:
    assert number(text) is None
