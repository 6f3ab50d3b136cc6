"""Whatever is wrong with a request is a problem that names the parameter and what is allowed; never a 500."""

import json
import re
import socket
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from app.search.request import encode_cursor
from tests.backend.api.conftest import Serve, Server

BAD = [
    ("/search", "q", "must be given", 400),
    ("/search?q=", "q", "words", 400),
    ("/search?q=%20%09", "q", "words", 400),
    ("/search?q=!!", "q", "words", 400),
    ("/search?q=" + "a" * 257, "q", "at most 256 characters", 400),
    ("/search?q=" + "a+" * 33, "q", "at most 32 words", 400),
    ("/search?q=" + "a" * 60_000, "q", "at most 8192 bytes", 414),
    ("/search?q=love&book=" + "a" * 9_000, "book", "at most 8192 bytes", 414),
    ("/search?q=-whale", "q", "at least one word", 400),
    ("/search?q=a*", "q", "at least 2 letters", 400),
    ("/search?q=love%00", "q", "printable", 400),
    ("/search?q=love%1b[2J", "q", "printable", 400),
    ("/search?q=love&limit=0", "limit", "at least 1", 400),
    ("/search?q=love&limit=-1", "limit", "at least 1", 400),
    ("/search?q=love&limit=1000000000", "limit", "at most 100", 400),
    ("/search?q=love&limit=" + "9" * 5000, "limit", "whole number", 400),
    ("/search?q=love&limit=ten", "limit", "whole number", 400),
    ("/search?q=love&limit=1.5", "limit", "whole number", 400),
    ("/search?q=love&passages=21", "passages", "at most 20", 400),
    ("/search?q=love&sort=size", "sort", "'relevance', 'rate', 'year' or 'title'", 400),
    ("/search?q=love&group=shelf", "group", "'book' or 'none'", 400),
    ("/search?q=love&correct=maybe", "correct", "true or false", 400),
    ("/search?q=love&cursor=nonsense", "cursor", "`next`", 400),
    ("/search?q=love&cursor=", "cursor", "`next`", 400),
    ("/search?q=love&cursor=" + "A" * 129, "cursor", "length at most 128", 400),
    ("/search?q=love&cursor=" + encode_cursor(10, "of another query"), "cursor", "`next`", 400),
    ("/search?q=love&book=nowhere", "book", "orchard, playe", 404),
    ("/search?q=love&author=Nobody", "author", "Ada Pell, Mia Sato", 404),
    ("/search?q=love" + "&book=orchard" * 65, "book", "length at most 64", 400),
    ("/concordance?q=love&width=9", "width", "at least 10", 400),
    ("/concordance?q=love&width=201", "width", "at most 200", 400),
    ("/concordance?q=love&format=xml", "format", "'json', 'csv' or 'tsv'", 400),
    ("/concordance?q=love&sort=size", "sort", "'position', 'node', 'l1'", 400),
    ("/concordance?q=love&sort=l1&sort=l2&sort=l3&sort=r1", "sort", "length at most 3", 400),
    ("/concordance?q=love&book=nowhere&format=csv", "book", "orchard", 404),
    ("/collocates?q=love&window=0", "window", "at least 1", 400),
    ("/collocates?q=love&window=6", "window", "at most 5", 400),
    ("/collocates?q=love&side=above", "side", "'left', 'right' or 'both'", 400),
    ("/books?limit=201", "limit", "at most 200", 400),
    ("/books?book=nowhere", "book", "orchard", 404),
    ("/books?cursor=5", "cursor", "`next` of the page before", 400),
    ("/books?q=" + "a" * 257, "q", "length at most 256", 400),
    ("/books/nowhere/words", "book", "orchard", 404),
    ("/books/orchard/words?sort=size", "sort", "'keyness' or 'count'", 400),
    ("/books/orchard/words?cursor=5", "cursor", "`next` of the page before", 400),
    ("/compare", "term", "must be given", 400),
    ("/compare?term=love&sort=title", "sort", "'year' or 'rate'", 400),
    ("/compare?term=love&limit=0", "limit", "at least 1", 400),
    ("/compare?term=love&cursor=5", "cursor", "`next` of the page before", 400),
    ("/compare?" + "&".join(["term=love"] * 6), "term", "length at most 5", 400),
    ("/compare?term=", "term", "words", 400),
    ("/compare?term=love+-hate", "term", "a word, a phrase or a prefix*", 400),
    ("/suggest", "q", "must be given", 400),
    ("/suggest?q=" + "a" * 257, "q", "length at most 256", 400),
    ("/suggest?q=a&limit=21", "limit", "at most 20", 400),
    ("/resolve", "ref", "must be given", 400),
    ("/resolve?ref=", "ref", "length at least 1", 400),
    ("/resolve?ref=nowhere+3", "ref", "Hamlet 3.1", 404),
    ("/resolve?ref=" + "a" * 101, "ref", "length at most 100", 400),
    ("/books/nowhere", "book", "orchard", 404),
    ("/books/" + "a" * 129, "book", "length at most 128", 400),
    ("/books/orchard/sections/99", "section", "/books/orchard", 404),
    ("/books/nowhere/sections/1", "book", "orchard", 404),
    ("/books/orchard/sections/1?q=-love", "q", "at least one word", 400),
]


@pytest.mark.parametrize(("path", "parameter", "allowed", "status"), BAD, ids=[path[:40] for path, *_ in BAD])
def test_the_answer_names_the_parameter_and_what_is_allowed(
    client: TestClient, path: str, parameter: str, allowed: str, status: int
) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    problem = response.json()
    assert problem["parameter"] == parameter
    assert allowed in problem["allowed"]
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["title"]
    assert re.fullmatch(r"urn:gutenberg-search:[a-z-]+", problem["type"])
    assert len(response.content) < 2_000


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("/search?q=love+a*", "wildcard-too-short", "a*"),
        ("/search?q=love&book=orchard&book=no%0Awhere", "unknown-book", "no\nwhere"),
        ("/search?q=love&author=Nobody", "unknown-author", "Nobody"),
        ("/books/orchard/sections/99?q=love", "unknown-section", "99"),
        ("/compare?term=love&term=love+-hate", "not-comparable", "love -hate"),
        ("/compare?term=love&term=-hate", "only-exclusions", "-hate"),
        ("/compare?term=love&term=old+a*", "wildcard-too-short", "old a*"),
    ],
)
def test_the_answer_holds_the_value_that_is_wrong_as_it_was_given(
    client: TestClient, path: str, name: str, value: str
) -> None:
    problem = client.get(path).json()
    assert (problem["type"], problem["value"]) == (f"urn:gutenberg-search:{name}", value)


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("GET", "/nowhere", 404, "not-found"),
        ("POST", "/search", 405, "method-not-allowed"),
        ("DELETE", "/books/orchard", 405, "method-not-allowed"),
        ("GET", "/books/a/b/c", 404, "not-found"),
    ],
)
def test_an_unknown_path_is_a_problem_too(client: TestClient, method: str, path: str, status: int, name: str) -> None:
    response = client.request(method, path)
    assert (response.status_code, response.json()["status"]) == (status, status)
    assert response.json()["type"] == f"urn:gutenberg-search:{name}"
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers.get("allow") == ("GET, HEAD" if status == 405 else None)


def test_a_cursor_of_another_query_is_refused(client: TestClient) -> None:
    following = client.get("/search?q=the&limit=1").json()["next"]
    assert client.get("/search", params={"q": "the", "limit": 1, "cursor": following}).status_code == 200
    other = client.get("/search", params={"q": "and", "limit": 1, "cursor": following})
    assert (other.status_code, other.json()["parameter"]) == (400, "cursor")


@pytest.fixture(scope="module")
def server(serve: Serve) -> Server:
    return serve()


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"/search?q=" + b"a" * 1_000_000, 414),
        (b"/search?q=%ff%fe%00", 400),
        (b"/search?q=%ed%a0%80love", 200),
        (b"/search?q=%", 400),
        (b"/books/%00%ff", 404),
        (b"/books/" + quote("🐳").encode(), 404),
        (b"/../../etc/passwd", 404),
        (b"//", 404),
        (b"/search?q=love;limit=0", 200),
    ],
)
def test_a_real_server_answers_hostile_requests_with_a_problem(server: Server, line: bytes, status: int) -> None:
    head, body = exchange(server, line)
    assert head.split(b" ")[1] == str(status).encode()
    assert (b"application/problem+json" in head) == (status >= 400), head
    assert body
    assert server.get("/healthz").status_code == 200


def test_a_query_of_a_megabyte_gets_a_problem_that_names_the_parameter(server: Server) -> None:
    _, body = exchange(server, b"/search?limit=3&q=" + b"a" * 1_000_000)
    problem = json.loads(body)
    assert (problem["status"], problem["parameter"], problem["allowed"]) == (414, "q", "at most 8192 bytes in all")


def exchange(server: Server, target: bytes) -> tuple[bytes, bytes]:
    """The head and the body of the answer to a request whose target no client would send."""
    with socket.create_connection(server.address, timeout=10) as connection:
        connection.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return head, body
