"""Raw files become text to search, and keep their line numbers."""

import pytest

from app.corpus.normalise import normalise


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_becomes_a_line_feed(line_end: str) -> None:
    assert normalise(line_end.join(["One", "", "two", ""])) == "One\n\ntwo\n"


def test_title_line_in_brackets_is_blanked_and_keeps_its_line() -> None:
    assert normalise("[Emma by Jane Austen 1816]\n\nVOLUME I\n") == "\n\nVOLUME I\n"


def test_brackets_further_down_stay() -> None:
    assert "[BOOK II]" in normalise("[Leaves of Grass]\n\n[BOOK II]\n")


@pytest.mark.parametrize("tail", ["FINIS", "        Finis", "THE END", "[The End]", "FINIS. THE TRAGEDIE OF MACBETH."])
def test_closing_line_is_cut(tail: str) -> None:
    assert normalise(f"They lived.\n\n{tail}\n\n\n").split() == ["They", "lived."]


def test_the_end_within_the_text_stays() -> None:
    text = "The end of it was near.\nTHE END of an age.\n\nThen more.\n"
    assert normalise(text) == text


@pytest.mark.parametrize(
    "tail",
    [
        "End of Project Gutenberg's The Ball and The Cross, by G.K. Chesterton",
        "End of the Project Gutenberg EBook of Emma",
        "*** END OF THE PROJECT GUTENBERG EBOOK EMMA ***",
        "***END OF THIS PROJECT GUTENBERG EBOOK EMMA***",
    ],
)
def test_licence_tail_is_cut(tail: str) -> None:
    assert normalise(f"Last words.\n\n{tail}\n\nSmall print.\n") == "Last words.\n"


def test_licence_head_is_blanked_and_keeps_its_lines() -> None:
    head = "The Project Gutenberg eBook of Emma\n\n*** START OF THE PROJECT GUTENBERG EBOOK EMMA ***\n"
    assert normalise(head + "\nCHAPTER I\n") == "\n\n\n\nCHAPTER I\n"


def test_pictures_are_blanked_over_several_lines() -> None:
    assert normalise("a\n[Illustration: A bear\nand a trout.]\nb\n") == "a\n\n\nb\n"


def test_emphasis_is_removed_over_a_line_end_and_within_a_word() -> None:
    assert normalise("a _very\nold_ man, _H_arbour\n") == "a very\nold man, Harbour\n"


def test_underscores_that_mark_no_emphasis_stay() -> None:
    text = "the _______ regiment, snake_case_name, a _ b _ c\n"
    assert normalise(text) == text


def test_emphasis_does_not_reach_over_a_blank_line() -> None:
    text = "one _two\n\nthree_ four\n"
    assert normalise(text) == text


def test_control_characters_and_byte_order_marks_become_blanks() -> None:
    assert normalise("\ufeffone\x00two\x1a\n").split() == ["one", "two"]


def test_blanks_at_the_ends_of_lines_go_and_those_at_the_start_stay() -> None:
    assert normalise("  verse  \n\t \nnext\t\n") == "  verse\n\nnext\n"


def test_composed_and_decomposed_letters_become_the_same() -> None:
    assert normalise("cafe\u0301\n") == normalise("caf\u00e9\n")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (
            "　何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶し\nている。\n",
            "　何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。\n",
        ),
        ("　何でも薄暗いじめじめした所で泣いていた。\n　吾輩は猫である。\n", None),
        ("　何でも薄暗いじめじめした所で泣いていた。\n「吾輩は猫である」\n", None),
        ("春が来た\n山に来た\n里に来た\n", None),
        ("고양이는 창가에 앉아 있었다 그리고 아이가 그\n고양이를 불렀다\n", None),
    ],
)
def test_wrapped_lines_of_japanese_are_joined_without_a_space(raw: str, text: str | None) -> None:
    assert normalise(raw) == (text or raw)


def test_punctuation_of_vertical_lines_is_that_of_horizontal_ones() -> None:
    assert normalise("﹁猫︒﹂︵犬︶︐\n") == "「猫。」（犬），\n"
