"""Headings of Chinese, Japanese, Korean and Thai books, which give the sections."""

import pytest

from app.corpus.model import Form
from app.corpus.structure.generic import sections
from app.corpus.structure.numerals import number

BODY = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗い所で泣いていた。"


def headings(*printed: str) -> list[str]:
    text = "\n\n".join(f"{heading}\n\n　{BODY}" for heading in printed) + "\n"
    return [section.reference for section in sections(text, "猫", Form.PROSE)]


@pytest.mark.parametrize(
    ("printed", "cited"),
    [
        (["第一章", "第二章　新年"], ["猫 第一章", "猫 第二章"]),
        (["　　第 １ 章", "第１０章：旅"], ["猫 第 １ 章", "猫 第１０章"]),
        (["第一部", "第一章", "第1節", "第2節"], ["猫 第一部 第一章 第1節", "猫 第一部 第一章 第2節"]),
        (["第一回　甄士隱夢幻識通靈", "第二回"], ["猫 第一回", "猫 第二回"]),
        (["上　先生と私", "一", "二", "下　先生と遺書", "一"], ["猫 上", "猫 上 一", "猫 上 二", "猫 下", "猫 下 一"]),
        (["序", "一", "二", "あとがき"], ["猫 序", "猫 一", "猫 二", "猫 あとがき"]),
        (["一", "二", "十二"], ["猫 一", "猫 二"]),
        (["제1장", "제 2 장"], ["猫 제1장", "猫 제 2 장"]),
        (["บทที่ ๑", "บทที่ ๒"], ["猫 บทที่ ๑", "猫 บทที่ ๒"]),
    ],
)
def test_headings_are_cited_as_they_are_printed(printed: list[str], cited: list[str]) -> None:
    assert headings(*printed)[-len(cited) :] == cited


@pytest.mark.parametrize("line", ["第一章では猫が泣く", "上", "一", "三つ"])
def test_lines_that_only_begin_so_are_no_headings(line: str) -> None:
    assert headings(line, line) == ["猫"]


def test_a_title_stands_beside_the_heading() -> None:
    divided = sections(f"第一章　猫\n\n{BODY}\n\n第二章　犬\n\n{BODY}\n", "猫", Form.PROSE)
    assert [(section.id, section.heading) for section in divided] == [("1", "第一章 猫"), ("2", "第二章 犬")]


def test_a_table_of_contents_gives_no_sections() -> None:
    text = f"目次\n\n第一章\n\n第二章\n\n第一章\n\n{BODY}\n\n第二章\n\n{BODY}\n"
    assert [section.reference for section in sections(text, "猫", Form.PROSE)] == ["猫 第一章", "猫 第二章"]


@pytest.mark.parametrize(
    ("figures", "value"),
    [("十", 10), ("二十三", 23), ("一〇二", 102), ("１２", 12), ("๑๒", 12), ("Ⅳ", 4)],
)
def test_figures_of_any_script_are_numbers(figures: str, value: int) -> None:
    assert number(figures) == value
