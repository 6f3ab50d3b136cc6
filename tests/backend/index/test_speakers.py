import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.corpus.speeches import Range
from app.index.speakers import Speakers, members
from tests.backend.index.segments import outline, written

TEXT = "Ham. To be\nKing. Or not"
NAMES = [(0, 4), (11, 16)]
SPOKEN = "     To be\n      Or not"


@pytest.fixture(scope="module")
def speakers(tmp_path_factory: pytest.TempPathFactory) -> Speakers:
    """The speakers of a novel, the play, and another novel, which stands in a segment of its own."""
    directory = tmp_path_factory.mktemp("speakers")
    segments: list[list[list[Range]]] = [[[], NAMES], [[]]]
    return Speakers(written(directory / str(len(own)), members(own), [outline()] * len(own)) for own in segments)


@given(data=st.data())
def test_in_any_part_of_a_play_the_names_are_blank(speakers: Speakers, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, len(TEXT)))
    assert speakers.spoken(TEXT[start:end], 1, start) == SPOKEN[start:end]


def test_other_books_say_all_that_they_print(speakers: Speakers) -> None:
    assert [speakers.spoken(TEXT, book, 0) for book in (0, 2)] == [TEXT, TEXT]
