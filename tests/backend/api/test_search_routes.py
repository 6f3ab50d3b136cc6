"""Answers over HTTP, on the real books where it matters."""

import csv
import io
import re
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api import csv_writer
from tests.backend.api.conftest import settings_of


def test_a_phrase_of_stop_words_finds_hamlet_first(nltk_client: TestClient) -> None:
    answer = nltk_client.get("/search", params={"q": '"to be or not to be"'}).json()
    first = answer["books"][0]
    assert (first["id"], first["passages"][0]["section"]) == ("shakespeare-hamlet", "3.1")
    place = nltk_client.get("/resolve", params={"ref": "Hamlet 3.1"}).json()
    assert place["section"] == first["passages"][0]["section"]


def test_filters_are_repeatable(nltk_client: TestClient) -> None:
    answer = nltk_client.get("/search?q=love&book=austen-emma&book=bible-kjv.txt").json()
    assert {book["id"] for book in answer["books"]} == {"austen-emma", "bible-kjv"}
    path = f"/search?q=love&author={quote('Jane Austen')}&author={quote('Lewis Carroll')}&limit=100"
    assert {book["author"] for book in nltk_client.get(path).json()["books"]} == {"Jane Austen", "Lewis Carroll"}


def test_a_typo_is_corrected_and_the_original_is_offered(nltk_client: TestClient) -> None:
    answer = nltk_client.get("/search?q=whlae").json()
    assert answer["correction"] == {"original": "whlae", "corrected": "whale", "words": {"whlae": "whale"}}
    assert answer["hits"] > 0
    plain = nltk_client.get("/search?q=whlae&correct=false").json()
    assert (plain["correction"], plain["hits"]) == (None, 0)


def test_a_book_is_found_with_and_without_its_suffix(nltk_client: TestClient) -> None:
    assert nltk_client.get("/books/austen-emma.txt").json() == nltk_client.get("/books/austen-emma").json()
    assert len(nltk_client.get("/books").json()["books"]) == 18


def test_a_page_follows_its_cursor(nltk_client: TestClient) -> None:
    first = nltk_client.get("/search?q=whale&group=none&limit=5").json()
    second = nltk_client.get(f"/search?q=whale&group=none&limit=5&cursor={first['next']}").json()
    both = nltk_client.get("/search?q=whale&group=none&limit=10").json()
    assert first["passages"] + second["passages"] == both["passages"]


def test_compare_shows_every_book(nltk_client: TestClient) -> None:
    answer = nltk_client.get("/compare?term=love&term=hate").json()
    assert answer["terms"] == ["love", "hate"]
    assert len(answer["books"]) == 18
    assert [sum(book["counts"][i] for book in answer["books"]) for i in (0, 1)] == answer["totals"]


def rows(client: TestClient, path: str, kind: str = "csv") -> list[dict[str, str]]:
    response = client.get(f"{path}&format={kind}")
    assert response.headers["content-type"] == {
        "csv": "text/csv; charset=utf-8",
        "tsv": "text/tab-separated-values; charset=utf-8",
    }.get(kind)
    assert re.fullmatch(rf'attachment; filename="[\w-]+\.{kind}"', response.headers["content-disposition"])
    text = response.content.decode("utf-8-sig" if kind == "csv" else "utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="," if kind == "csv" else "\t"))


@pytest.mark.parametrize("kind", ["csv", "tsv"])
def test_the_concordance_as_a_file_has_every_line_with_its_source(nltk_client: TestClient, kind: str) -> None:
    table = rows(nltk_client, "/concordance?q=ambergris&limit=1&sort=left", kind)
    asked = nltk_client.get("/concordance?q=ambergris&limit=200&sort=left").json()
    assert len(table) == asked["total"] == len(asked["lines"])
    assert list(table[0]) == ["query", "title", "author", "year", "reference", "left", "node", "right", "position"]
    for row, line in zip(table, asked["lines"], strict=True):
        assert (row["query"], row["node"], row["position"]) == ("ambergris", line["match"], str(line["start"]))
    melville = next(row for row in table if row["title"] == "Moby-Dick; or, The Whale")
    assert (melville["author"], melville["year"]) == ("Herman Melville", "1851")


def test_tsv_changes_no_data(nltk_client: TestClient) -> None:
    """TSV keeps cells that a spreadsheet would take for a formula, and those that begin with a quotation mark."""
    table = rows(nltk_client, "/concordance?q=Emma&sort=r1", "tsv")
    lines: list[dict[str, str]] = []
    cursor = ""
    while len(lines) < len(table):
        page = nltk_client.get(f"/concordance?q=Emma&sort=r1&limit=200{cursor}").json()
        lines += page["lines"]
        cursor = f"&cursor={page['next']}"
    assert [(r["left"], r["node"], r["right"]) for r in table] == [(n["left"], n["match"], n["right"]) for n in lines]
    assert any(row["right"].startswith("-") for row in table)
    assert any(row["left"].startswith('"') for row in table)


def test_a_file_is_named_after_what_was_looked_for(client: TestClient) -> None:
    def name(query: str) -> str:
        return client.get("/concordance", params={"q": query, "format": "tsv"}).headers["content-disposition"]

    assert name('"The  Orchard" -whale') == 'attachment; filename="concordance-the-orchard-whale.tsv"'
    assert name("猫") == "attachment; filename*=UTF-8''concordance-%E7%8C%AB.tsv"
    assert client.get("/books/orchard/words?format=csv").headers["content-disposition"] == (
        'attachment; filename="words-the-orchard-keyness.csv"'
    )
    assert client.get("/collocates?q=orchard&format=csv").headers["content-disposition"] == (
        'attachment; filename="collocates-orchard-5-both.csv"'
    )


@pytest.mark.parametrize("kind", ["csv", "tsv"])
def test_collocates_as_a_file_are_all_there_are(nltk_client: TestClient, kind: str) -> None:
    table = rows(nltk_client, "/collocates?q=ambergris&window=3&side=left&limit=1", kind)
    asked = nltk_client.get("/collocates?q=ambergris&window=3&side=left&limit=100").json()
    assert [
        (row["query"], row["word"], int(row["count"]), float(row["expected"]), float(row["log_likelihood"]))
        for row in table
    ] == [
        ("ambergris", collocate["word"], collocate["count"], collocate["expected"], collocate["score"])
        for collocate in asked["collocates"]
    ]
    assert {(row["window"], row["side"]) for row in table} == {("3", "left")}
    assert {int(row["passages_read"]) for row in table} == {asked["passages_read"]}


def test_the_words_of_a_book_as_a_file(client: TestClient) -> None:
    table = rows(client, "/books/orchard/words?sort=count", "csv")
    asked = client.get("/books/orchard/words?sort=count&limit=200").json()
    assert list(table[0]) == ["title", "word", "count", "per_10000", "per_10000_elsewhere", "keyness"]
    assert [(row["word"], int(row["count"])) for row in table] == [(one["word"], one["count"]) for one in asked["list"]]


def test_the_csv_keeps_commas_quotes_and_other_scripts(client: TestClient) -> None:
    (row,) = rows(client, "/concordance?q=guide")
    assert "“Don’t go,” said the" in row["left"]
    assert "didn’t. Dvořák" in row["right"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_of_csv_is_never_a_formula(cell: str) -> None:
    assert csv_writer._safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["love = all", -1, -0.5, None])
def test_a_cell_that_is_no_formula_stays(cell: str | float | None) -> None:
    assert csv_writer._safe(cell) == cell


def test_a_query_that_takes_too_long_is_stopped(app: FastAPI, client: TestClient) -> None:
    with settings_of(app, query_seconds=0):
        for path in ("/search?q=love", "/concordance?q=love", "/collocates?q=love", '/compare?term="the orchard"'):
            response = client.get(path)
            assert (response.status_code, response.headers["retry-after"]) == (503, "1"), path
            assert response.headers["content-type"] == "application/problem+json"
            assert response.headers["cache-control"] == "no-store"
            assert response.json()["type"] == "urn:gutenberg-search:query-timeout"
            assert "stopped after 0 seconds" in response.json()["detail"]
    assert client.get("/search?q=love").status_code == 200


@pytest.mark.parametrize("path", ["/search?q=lo*", "/search?q=pear+-lo*", "/concordance?q=lo*", "/collocates?q=lo*"])
def test_a_prefix_of_too_many_words_is_refused_not_cut(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    assert client.get(path).status_code == 200
    monkeypatch.setattr("app.search.matching.query_plan.MAX_EXPANSIONS", 1)
    response = client.get(path)
    assert (response.status_code, response.json()["parameter"]) == (400, "q")
    assert "“lo*” stands for more than" in response.json()["detail"]
    assert "more letters" in response.json()["allowed"]


def test_prefixes_of_too_many_words_in_all_are_refused(nltk_client: TestClient) -> None:
    assert nltk_client.get("/search?q=co*+re*+un*").status_code == 200
    response = nltk_client.get("/search?q=co*+re*+un*+-in*")
    assert (response.status_code, response.json()["parameter"]) == (400, "q")
    assert "“co* re* un* in*” stands for more than 4,096 words" in response.json()["detail"]
    assert "more letters" in response.json()["allowed"]


def test_the_term_that_is_too_broad_is_named_among_those_that_are_compared(nltk_client: TestClient) -> None:
    broad = "(co* OR re* OR un* OR in*)"
    problem = nltk_client.get("/compare", params={"term": ["love", broad]}).json()
    assert (problem["type"], problem["parameter"], problem["value"]) == (
        "urn:gutenberg-search:wildcard-too-broad",
        "term",
        broad,
    )


@pytest.mark.parametrize("path", ["/books", "/search?q=the&sort=year", "/compare?term=the"])
def test_books_by_year_end_with_those_that_have_none(client: TestClient, path: str) -> None:
    ids = [book["id"] for book in client.get(path).json()["books"]]
    assert ids == ["playe", "sayings", "travels", "orchard", "signs"]
