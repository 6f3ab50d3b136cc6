import pytest

from app.index.reader import IndexReader
from app.search import tally
from app.search.plan import plan
from app.search.query import parse


def test_more_books_than_tantivy_counts_at_once_are_counted_in_parts(
    small_index: IndexReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = plan(parse("the"), small_index).matches
    whole = tally.tally(small_index, query).dispersion
    monkeypatch.setattr(tally, "_MOST_BOOKS", 2)
    assert len(whole) > 2
    assert tally.tally(small_index, query).dispersion == whole
