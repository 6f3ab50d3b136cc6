"""speaker:hamlet finds the passages in which Hamlet speaks, and nothing where nobody does."""

import pytest

from tests.backend.search.conftest import Search


@pytest.mark.parametrize(
    ("text", "book", "printed"),
    [
        ("speaker:hamlet question", "shakespeare-hamlet", " Ham. To be, or not to be"),
        ("speaker:ham question", "shakespeare-hamlet", " Ham. To be, or not to be"),
        ("speaker:casca greek", "shakespeare-caesar", " Cask."),
        ("speaker:ross thane", "shakespeare-macbeth", " Rosse."),
        ("speaker:flavius", "shakespeare-caesar", " Fla"),
    ],
)
def test_a_speaker_is_found_however_the_play_prints_the_name(ask: Search, text: str, book: str, printed: str) -> None:
    passages = ask(text, group="none").passages
    assert {hit.book for hit in passages} == {book}
    assert any(printed in f" {hit.text}" for hit in passages)


def test_who_spoke_before_the_passage_goes_on_speaking_in_it(ask: Search) -> None:
    (hit,) = ask('speaker:hamlet "cowards of us all"', group="none").passages
    assert " Ham. To be, or not to be" not in f" {hit.text}"


@pytest.mark.parametrize("text", ["speaker:god", "speaker:ahab", "speaker:satan", "speaker:hamle OR speaker:zebra"])
def test_nobody_speaks_elsewhere(ask: Search, text: str) -> None:
    assert {book.id for book in ask(text).books} <= {"shakespeare-hamlet"}


def test_a_speaker_can_be_left_out(ask: Search) -> None:
    chosen = ["shakespeare-hamlet"]
    both = ask("love", book=chosen).hits
    assert ask("love speaker:hamlet", book=chosen).hits + ask("love -speaker:hamlet", book=chosen).hits == both
