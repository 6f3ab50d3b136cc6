from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index import texts
from app.index.texts import Texts

LATIN = "Caf\xe9 \xff ab"
WIDE = "“Don’t go”, ガ"
ASTRAL = "a 🐳 whale 🐉"


@pytest.mark.parametrize(("text", "width"), [(LATIN, 1), (WIDE, 2), (ASTRAL, 4), ("", 1)])
def test_a_character_takes_as_many_bytes_as_the_widest_of_its_book(text: str, width: int) -> None:
    assert texts.width(text) == width


@given(
    books=st.lists(st.text(st.characters(codec="utf-8")), max_size=4).map(lambda found: [*found, LATIN, WIDE, ASTRAL]),
    data=st.data(),
)
def test_any_slice_is_what_stands_there(
    books: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    directory = tmp_path_factory.mktemp("texts")
    widths = texts.save(directory, books)
    with closing(Texts.open(directory, [len(text) for text in books], widths)) as opened:
        for i, text in enumerate(books):
            start = data.draw(st.integers(-3, len(text) + 3))
            end = data.draw(st.integers(max(start, 0), len(text) + 9))
            assert opened.slice(i, start, end) == text[max(start, 0) : end]
            assert opened.slice(i, 0, len(text)) == text


def test_lone_surrogates_survive(tmp_path: Path) -> None:
    widths = texts.save(tmp_path, ["a\ud800b"])
    with closing(Texts.open(tmp_path, [3], widths)) as opened:
        assert opened.slice(0, 1, 3) == "\ud800b"
