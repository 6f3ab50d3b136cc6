from array import array
from pathlib import Path

import pytest

from app.index import archive
from app.index.archive import Archive, as_numbers, narrowest

MEMBERS = {"one.txt": b"a whale", "numbers.bin": bytes([1, 0, 0, 0, 2, 0, 0, 0]), "empty.bin": b""}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    archive.add(tmp_path / "some.zip", MEMBERS, {"text.txt": b"pears " * 99})
    return tmp_path / "some.zip"


def test_members_are_read_whole_and_as_numbers(path: Path) -> None:
    opened = Archive(path)
    assert {name: bytes(opened.content(name)) for name in MEMBERS} == MEMBERS
    assert path.read_bytes()[opened.span("one.txt").start :].startswith(b"a whale")
    assert list(opened.numbers("numbers.bin")) == [1, 2]
    assert [list(column) for column in opened.columns("numbers.bin", 2)] == [[1], [2]]
    assert [list(column) for column in opened.columns("empty.bin", 3)] == [[], [], []]
    assert opened.compressed("text.txt") == b"pears " * 99


def test_the_same_members_make_the_same_file(path: Path, tmp_path: Path) -> None:
    archive.add(tmp_path / "again.zip", MEMBERS, {"text.txt": b"pears " * 99})
    assert (tmp_path / "again.zip").read_bytes() == path.read_bytes()


def test_members_can_be_added_later(path: Path) -> None:
    archive.add(path, {"later.txt": b"a plum"}, {"later.bin": b"plums " * 99})
    opened = Archive(path)
    assert bytes(opened.content("one.txt")) == b"a whale"
    assert bytes(opened.content("later.txt")) == b"a plum"
    assert (opened.compressed("text.txt"), opened.compressed("later.bin")) == (b"pears " * 99, b"plums " * 99)


@pytest.mark.parametrize("size", [0, 1, 100])
def test_a_file_that_is_cut_is_no_archive(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(ValueError, match="is damaged"):
        Archive(path)


@pytest.mark.parametrize(("numbers", "size"), [([0, 65_535], 2), ([0, 65_536], 4), ([], 2)])
def test_numbers_take_two_bytes_unless_one_is_too_large(numbers: list[int], size: int) -> None:
    content = array(narrowest(max(numbers, default=0)), numbers).tobytes()
    assert len(content) == size * len(numbers)
    assert list(as_numbers(content, len(numbers))) == numbers
