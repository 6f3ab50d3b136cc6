"""The names of who speaks in a play."""

from collections.abc import Mapping
from itertools import pairwise

import pytest

from app.corpus.model import Book, Form, Passage
from app.corpus.speeches import blanked, names, speaking
from app.words import words

SCENE = """Enter Francisco, and Barnardo a Centinel.

  Fran. Who's there?
   Caes. Nay answer me
  Caes Stand & vnfold, Francisco
  1.Ple. Long liue the King
   2 Ple. Hee
  3 Peace
  Old man. 'Tis so. Fran. is a name
  Clowne sings. But Age

Exit Fran. Manet Barnardo.
"""


def named(text: str) -> list[str]:
    return [text[start:end] for start, end in names(text, Form.PLAY)]


def test_the_names_that_open_speeches_are_found_however_they_are_printed() -> None:
    openings = named(SCENE)
    assert openings == ["Fran.", "Caes.", "Caes", "1.Ple.", "2 Ple.", "3", "Old man.", "Clowne sings."]


def test_an_abbreviation_in_a_direction_is_one_but_a_word_that_is_said_is_none() -> None:
    assert named("  Fran. Hee\n\nExit Fran.\n")[-1] == "Fran."
    assert named("  Ghost. I\n  Ham. A Ghost\n\nExit Ghost.\n") == ["Ghost.", "Ham."]


def test_two_who_speak_together_are_two_names() -> None:
    assert named("  Hor. Ho.\n  Mar. Ho.\n  Hor. & Mar. within. My Lord\n  Hor. Mar. Aye\n")[2:] == [
        "Hor.",
        "Mar.",
        "Hor.",
        "Mar.",
    ]
    assert named("  Hor. Well. My Lord\n") == ["Hor."]


def test_a_shorter_abbreviation_in_a_direction_is_a_name_too() -> None:
    assert named("  Rosin. Hee\n\nEnter Ros. and Guard.\n") == ["Rosin.", "Ros."]


def test_a_name_without_its_point_is_one_only_if_it_has_it_elsewhere() -> None:
    assert named("  Welcome Publius.\n  Ham. O\n") == ["Ham."]


def test_other_books_name_nobody() -> None:
    assert [names(SCENE, form) for form in Form if form is not Form.PLAY] == [[], [], []]


def test_who_speaks_in_a_passage_is_who_opens_a_speech_there_and_who_goes_on_from_before() -> None:
    text = "  Ham. One.\nTwo.\n  Hor. Three.\n\nExit Ham.\nFour.\nFive.\n"
    at = text.index
    starts = [at("Ham"), at("Two"), at("Hor"), at("Four"), at("Five"), len(text)]
    passages = [Passage(0 if i < 4 else 1, start, end, 1) for i, (start, end) in enumerate(pairwise(starts))]
    speakers = list(speaking(text, names(text, Form.PLAY), passages))
    assert speakers == [["ham"], ["ham"], ["hor"], ["hor"], []]


def test_blanking_keeps_every_offset() -> None:
    assert blanked("Ham. To be\nKin. Or", [(0, 4), (11, 15)]) == "     To be\n     Or"


@pytest.mark.parametrize(
    ("book", "said", "never_said"),
    [
        ("shakespeare-hamlet", {"hamlet", "king", "ghost"}, {"ham", "pol", "laer", "rosin", "qu"}),
        ("shakespeare-macbeth", {"macbeth", "lady", "seyward"}, {"macb", "banq", "mal", "sey"}),
        ("shakespeare-caesar", {"brutus", "caesar", "cinna"}, {"bru", "cassi", "caes", "brut"}),
    ],
)
def test_the_plays_say_no_abbreviation(
    nltk_books: Mapping[str, tuple[Book, str]], book: str, said: set[str], never_said: set[str]
) -> None:
    about, text = nltk_books[book]
    left = set(words(blanked(text, names(text, about.form))))
    assert said <= left
    assert not never_said & left
