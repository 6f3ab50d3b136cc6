from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index import texts
from app.index.texts import Texts
from tests.backend.index.segments import outline, written

LATIN = "Caf\xe9 \xff ab"
WIDE = "“Don’t go”, ガ"
ASTRAL = "a 🐳 whale 🐉"


def of_segments(directory: Path, segments: Sequence[Sequence[str]]) -> Texts:
    """The texts of books in these segments."""
    opened = []
    for number, books in enumerate(segments):
        content = {texts.TEXT: b"".join(map(texts.encoded, books))}
        outlines = [outline(len(text), texts.width(text)) for text in books]
        opened.append(written(directory / str(number), content, outlines))
    return Texts(opened)


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
    border = data.draw(st.integers(1, len(books) - 1))
    with closing(of_segments(tmp_path_factory.mktemp("texts"), [books[:border], books[border:]])) as opened:
        for i, text in enumerate(books):
            start = data.draw(st.integers(-3, len(text) + 3))
            end = data.draw(st.integers(max(start, 0), len(text) + 9))
            assert opened.slice(i, start, end) == text[max(start, 0) : end]
            assert opened.slice(i, 0, len(text)) == text


def test_lone_surrogates_survive(tmp_path: Path) -> None:
    with closing(of_segments(tmp_path, [["a\ud800b"]])) as opened:
        assert opened.slice(0, 1, 3) == "\ud800b"
