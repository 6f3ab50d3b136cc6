"""No request within its limits costs much, whatever it asks for."""

from collections.abc import Mapping
from functools import partial

import pytest
from fastapi.testclient import TestClient

from app.api.csv_writer import Format, table_file
from app.api.download import Parts
from app.api.routes.concordance import table
from app.index.reader import IndexReader
from app.search.query import parse
from app.search.request import UNLIMITED
from app.search.words import ConcordanceRequest, LineSort, all_lines
from tests.processor import in_references

# The bench of the worst requests holds them to 1.6 references.
_MOST = 4

COMMON = "the and of to a in i that he it his for was with not is be as you but all my they him shall have me her from"
PREFIXES = "co* re* un*"
PHRASES = '"of the" "in the" "and the" "the lord" "to the" "and he" "it was" "to be" "shall be" "all the"'
ONE_FIRST = '"a man" "a ship" "a king" "a house" "a day" "a son" "a thing" "a horse" "a good" "a great" "a whale"'
SLIPS = "halew alpms hseep odogness " + COMMON[:80]
QUERIES = [
    "the",
    COMMON,
    PREFIXES,
    PHRASES,
    ONE_FIRST,
    SLIPS,
    "co* re* halew alpms hseep odogness",
    '"' + "and the " * 16 + '"',
    "-the -of -and -a whale",
    "a e i o n t s h r d l u",
    "a" * 250,
    " OR ".join(COMMON.split()),
    "(the of) OR (and to) OR (in that) OR (he it)",
    "of NEAR/20 the",
    " ".join(f"{word} NEAR/20 whale" for word in COMMON.split()[:6]),
    "*ing *ess",
    "?ea* ?o?e ?i?e ?a*e",
    "whale -*ing -*ess",
    " ".join(["qxzvk"] * 32),
]
ROUTES: list[tuple[str, Mapping[str, str | int | list[str]]]] = [
    ("/search", {"limit": 100, "passages": 20}),
    ("/search", {"limit": 100, "passages": 20, "sort": "rate"}),
    ("/search", {"limit": 100, "group": "none", "sort": "title"}),
    ("/collocates", {"window": 5, "limit": 100}),
    ("/concordance", {"width": 200, "limit": 200, "sort": ["l3", "node", "r3"]}),
    ("/books/bible-kjv/words", {"limit": 200}),
    ("/suggest", {"limit": 20}),
    ("/books/edgeworth-parents/sections/12", {}),
]
COSTLIEST = (LineSort.L3, LineSort.NODE, LineSort.R3)
COMPARED = [
    ["of the", "in the", "and the", "the lord", "to the"],
    ["i am", "into the", "of israel", "son of", "of the lord"],
    ["co*", "re*", "un*", "in*", "de*"],
    [PHRASES.replace('" "', '" OR "')] * 5,
    ["(of the) OR a", "(in the) OR and", "(to the) OR of", "(all the) OR in", "of NEAR/20 the"],
]


@pytest.mark.parametrize("text", QUERIES, ids=range(len(QUERIES)))
def test_no_query_is_dear(nltk_client: TestClient, nltk_index: IndexReader, text: str) -> None:
    for path, more in ROUTES:
        ask = partial(asked, nltk_client, path, {"q": text[:256], **more})
        cost = in_references(nltk_index, ask, times=2, enough=_MOST)
        assert cost < _MOST, (path, more)


@pytest.mark.parametrize("terms", COMPARED, ids=range(len(COMPARED)))
def test_no_comparison_is_dear(nltk_client: TestClient, nltk_index: IndexReader, terms: list[str]) -> None:
    compare = partial(asked, nltk_client, "/compare", {"term": terms})
    assert in_references(nltk_index, compare, times=3, enough=_MOST / 2) < _MOST / 2


@pytest.mark.parametrize("text", ["the", COMMON])
def test_no_part_of_a_file_is_dear(nltk_index: IndexReader, text: str) -> None:
    """Other requests get their turn between two parts of a file; the first part takes longest."""
    request = ConcordanceRequest(parse(text), sort=COSTLIEST, width=200)
    first = in_references(nltk_index, lambda: next(parts_of(nltk_index, request)), times=2, enough=_MOST)
    parts = parts_of(nltk_index, request)
    next(parts)
    assert max(first, *(in_references(nltk_index, lambda: next(parts)) for _ in range(20))) < _MOST


def asked(client: TestClient, path: str, parameters: Mapping[str, str | int | list[str]]) -> None:
    assert client.get(path, params=parameters).status_code == 200


def parts_of(index: IndexReader, request: ConcordanceRequest) -> Parts:
    return table_file(table(index, all_lines(index, request, UNLIMITED)), Format.CSV).parts
