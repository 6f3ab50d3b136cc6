"""Against figures that were worked out elsewhere."""

import pytest

from app.search.words.keyness import association, keyness


def test_association_is_the_likelihood_ratio_of_dunning() -> None:
    """His bigram "the swiss": 110 times together, 2442 and 111 in other company, 29114 in neither's."""
    assert association(110, 221, 2552, 31777) == pytest.approx(270.72, abs=0.01)


@pytest.mark.parametrize(("count", "other", "expected"), [(10, 5, 1.70), (5, 10, -1.70), (20, 20, 0.0), (10, 0, 13.86)])
def test_keyness_is_that_of_rayson_and_garside(count: int, other: int, expected: float) -> None:
    assert keyness(count, 1000, other, 1000) == pytest.approx(expected, abs=0.005)


def test_without_other_books_nothing_is_key() -> None:
    assert keyness(10, 1000, 0, 0) == pytest.approx(0)
