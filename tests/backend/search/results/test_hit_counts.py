import pytest

from app.index.reader import IndexReader
from app.search import passages
from app.search.matching import plan
from app.search.query import parse
from app.search.results import hit_counts


@pytest.mark.parametrize("text", ["the", "whale", "lord god", '"of the"', "zenith", "whal*"])
def test_the_three_ways_to_count_agree(nltk_index: IndexReader, text: str) -> None:
    query = plan(parse(text), nltk_index).matches
    dispersion = hit_counts.dispersion(nltk_index, query, len(nltk_index.books.books))
    ordinals = passages.in_order(nltk_index, query, nltk_index.books.passage_count)
    assert ordinals
    assert hit_counts.dispersion_of(nltk_index, ordinals) == dispersion
    assert hit_counts.hits_by_book(nltk_index, query) == {book: sum(counts) for book, counts in dispersion.items()}
