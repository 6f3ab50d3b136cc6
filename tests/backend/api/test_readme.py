"""What the README says can be typed finds what it says, on the books that it speaks of."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.index.reader import IndexReader
from bootstrap.processes import ROOT
from tests.backend.api.conftest import SETTINGS

Answer = dict[str, Any]


def has_all_words(answer: Answer) -> bool:
    return answer["matching"] == "all" and answer["hits"] > 0 and answer["correction"] is None


def says_what_was_meant(answer: Answer) -> bool:
    return answer["hits"] > 0 and (answer["correction"] or answer["offered"]) is not None


def is_in_chosen_books(answer: Answer) -> bool:
    chosen = answer["reading"]["books"] or answer["reading"]["authors"] or "speaker:" in answer["reading"]["query"]
    return has_all_words(answer) and bool(chosen)


def is_searched_in_all_forms(answer: Answer) -> bool:
    return has_all_words(answer) and bool(answer["variants"])


def is_a_book_or_place(answer: Answer) -> bool:
    return bool(answer["named"] or answer["place"])


# One for each row of the table.
PROMISES: list[Callable[[Answer], bool]] = [
    has_all_words,
    has_all_words,
    has_all_words,
    has_all_words,
    is_in_chosen_books,
    is_searched_in_all_forms,
    says_what_was_meant,
    is_a_book_or_place,
]


def rows(readme: Path) -> list[list[str]]:
    """The queries of each row of the table of what can be typed."""
    section = readme.read_text(encoding="utf-8").split("\n## ")[4]
    first_cells = (line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `"))
    return [re.findall(r"`([^`]+)`", cell) for cell in first_cells]


@pytest.fixture(scope="module")
def client(nltk_index: IndexReader) -> Iterator[TestClient]:
    with TestClient(create_app(SETTINGS, nltk_index)) as client:
        yield client


def test_each_query_in_the_readme_finds_what_the_readme_says(client: TestClient) -> None:
    promised = [(q, promise) for row, promise in zip(rows(ROOT / "README.md"), PROMISES, strict=True) for q in row]
    broken = [q for q, promise in promised if not promise(client.get("/search", params={"q": q}).json())]
    assert broken == []


def test_both_languages_of_the_readme_name_the_same_queries() -> None:
    assert rows(ROOT / "README.ja.md") == rows(ROOT / "README.md")
