"""What people type and what must hold of the answer: cases.jsonl, one JSON object a line.

Each has a kind, a request (`q`, perhaps with `author` or `book`, or `ref`) and what must hold: the names in EXPECTED.
Another file of such cases: SEARCH_CASES=FILE make test ARGS=tests/backend/search/test_cases.py
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.index.reader import IndexReader
from app.settings import Settings

Case = Mapping[str, Any]
Passage = tuple[str, int]

CASES = Path(os.environ.get("SEARCH_CASES") or Path(__file__).with_name("cases.jsonl"))
REQUEST = {"kind", "q", "author", "book", "ref"}


class Asking:
    """The API over the 18 books."""

    def __init__(self, client: TestClient) -> None:
        self._client = client

    def get(self, path: str, **parameters: Any) -> Any:
        response = self._client.get(path, params=parameters)
        assert response.status_code == 200, response.text
        return response.json()

    def search(self, case: Case | str) -> Any:
        """The first page of the answer, by passage."""
        return self.get("/search", **_asked(case), group="none", limit=100)

    def passages(self, case: Case | str) -> set[Passage]:
        """All passages that match."""
        answer = self.search(case)
        passages = answer["passages"]
        while answer["next"]:
            page = {"group": "none", "limit": 100, "cursor": answer["next"]}
            answer = self.get("/search", **_asked(case), **page)
            passages += answer["passages"]
        return {(passage["book"], passage["start"]) for passage in passages}


def _asked(case: Case | str) -> dict[str, str]:
    """The parameters of a request; a text alone is `q`."""
    if isinstance(case, str):
        return {"q": case}
    return {name: case[name] for name in ("q", "author", "book") if name in case}


def between(asking: Asking, case: Case, limits: tuple[int, int]) -> None:
    """At least and at most so many passages match."""
    least, most = limits
    assert least <= asking.search(case)["hits"] <= most


def same_hits_as(asking: Asking, case: Case, other: Case | str) -> None:
    assert asking.passages(case) == asking.passages(other)


def at_least(asking: Asking, case: Case, others: list[str]) -> None:
    """As many passages match as for each of the other queries, or more."""
    hits = asking.search(case)["hits"]
    for other in others:
        assert 0 < asking.search(other)["hits"] <= hits, other


def at_least_each(asking: Asking, case: Case, others: list[str]) -> None:
    """Every passage that each of the others finds."""
    passages = asking.passages(case)
    for other in others:
        expected = asking.passages(other)
        assert expected
        assert expected <= passages, other


def at_most(asking: Asking, case: Case, other: str) -> None:
    """Only passages that the other finds."""
    assert asking.passages(case) <= asking.passages(other)


def first(asking: Asking, case: Case, reference: str) -> None:
    assert asking.search(case)["passages"][0]["reference"].startswith(reference)


def not_replaced(asking: Asking, case: Case, expected: bool) -> None:
    assert (asking.search(case)["correction"] is None) is expected


def replaced(asking: Asking, case: Case, expected: bool) -> None:
    assert (asking.search(case)["correction"] is not None) is expected


def offered(asking: Asking, case: Case, query: str) -> None:
    """A likely query is offered, but not asked instead."""
    answer = asking.search(case)
    assert (answer["correction"], answer["offered"]["corrected"]) == (None, query)


def named(asking: Asking, case: Case, books: list[str]) -> None:
    assert [book["id"] for book in asking.search(case)["named"]] == books


def absent(asking: Asking, case: Case, title: str) -> None:
    """A known work is named that the shelf does not have."""
    assert asking.search(case)["absent"]["title"] == title


def reference(asking: Asking, case: Case, beginning: str) -> None:
    assert asking.get("/resolve", ref=case["ref"])["reference"].startswith(beginning)


EXPECTED: dict[str, Callable[[Asking, Case, Any], None]] = {
    "between": between,
    "same_hits_as": same_hits_as,
    "at_least": at_least,
    "at_least_each": at_least_each,
    "at_most": at_most,
    "first": first,
    "not_replaced": not_replaced,
    "replaced": replaced,
    "offered": offered,
    "named": named,
    "absent": absent,
    "reference": reference,
}


def _cases() -> list[Case]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def _name(case: Case) -> str:
    return f"{case['kind']}: {case.get('q') or case['ref']}"


@pytest.fixture(scope="module")
def asking(nltk_index: IndexReader) -> Iterator[Asking]:
    with TestClient(create_app(Settings(query_seconds=30), nltk_index)) as client:
        yield Asking(client)


@pytest.mark.parametrize("case", _cases(), ids=_name)
def test_every_case_holds(asking: Asking, case: Case) -> None:
    expected = case.keys() - REQUEST
    assert expected
    for name in expected:
        EXPECTED[name](asking, case, case[name])
