from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.words import normal, spans, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't go, o'er there!", ["don't", "go", "o'er", "there"]),
        ("Don’t", ["don't"]),
        ("the learn'd astronomer's 'quoted' words'", ["the", "learn'd", "astronomer's", "quoted", "words"]),
        ("snow-hill, an_underscore _emphasis_", ["snow", "hill", "an", "underscore", "emphasis"]),
        ("3:16 For God so loved 12 men; 1:1", ["for", "god", "so", "loved", "12", "men"]),
        ("Cæsar, naïve, Œuvre, Dvořák, ÉTÉ, Ǣlfric", ["caesar", "naive", "oeuvre", "dvorak", "ete", "aelfric"]),
        ("吾輩は猫。Tシャツ、第1節", [*"吾輩は猫t", *"シャツ第1節"]),
        ("ジャム、ｶﾞ 々〆ー", [*"ジャムガ々〆ー"]),
        ("고양이는 한글", [*"고양이는한글"]),
        ("น้ำ กู้", ["น้", "ำ", "กู้"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("Ёлка, мой мои", ["елка", "мой", "мои"]),
        ("ἐν ἀρχῇ ἦν ὁ λόγος, τῷ ᾅδης", ["εν", "αρχη", "ην", "ο", "λογοσ", "τω", "αδησ"]),
        ("بِسْمِ اللَّهِ ـ كتـــاب أحمد", ["بسم", "الله", "كتاب", "احمد"]),
        ("בְּרֵאשִׁית בָּרָא", ["בראשית", "ברא"]),
        ("ſein Straße", ["sein", "strasse"]),
        ("... -- !? 🐳", []),
    ],
)
def test_words_are_told_apart(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_spans_are_where_the_words_stand(text: str) -> None:
    located = list(spans(text))
    assert [word for _, _, word in located] == words(text)
    assert all(normal(text[start:end]) == word for start, end, word in located)
    assert all(a[1] <= b[0] for a, b in pairwise(located))


@given(st.text())
def test_case_and_accents_make_no_difference(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(st.text(st.characters(codec="ascii")))
def test_plain_english_is_told_apart_as_all_other_text_is(text: str) -> None:
    assert words(text) == [word for _, _, word in spans(text)]
