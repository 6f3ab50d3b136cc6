from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index import archive, strings
from app.index.archive import Archive
from app.index.strings import Strings


def stored(directory: Path, some: Sequence[str]) -> Strings:
    archive.add(directory / "strings.zip", strings.members("some", some))
    return Strings(Archive(directory / "strings.zip"), "some")


@given(st.sets(st.text(st.characters(codec="utf-8", exclude_characters="\n")), max_size=50), st.text(max_size=3))
def test_each_is_found_at_its_place_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, some: set[str], other: str
) -> None:
    ordered = sorted(some)
    table = stored(tmp_path_factory.mktemp("strings"), ordered)
    assert [table.find(one) for one in ordered] == list(range(len(ordered)))
    assert [table[place] for place in range(len(ordered))] == ordered
    assert list(table) == ordered
    assert (table.find(other) is not None) == (other in some)
