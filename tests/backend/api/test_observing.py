"""Request ids, logs, metrics and health."""

import re

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from app.api.app import create_app
from app.index.reader import IndexReader
from tests.backend.api.conftest import SETTINGS, Serve, Server


@pytest.fixture(scope="module")
def server(serve: Serve) -> Server:
    return serve(VERSION="1.2.3", COMMIT="abc123", POD_NAME="pod-7")


def test_a_request_keeps_its_id(client: TestClient) -> None:
    response = client.get("/search?q=love", headers={"X-Request-ID": "a-client.s_id-1"})
    assert response.headers["x-request-id"] == "a-client.s_id-1"
    assert client.get("/search?q=", headers={"X-Request-ID": "bad-too"}).headers["x-request-id"] == "bad-too"


@pytest.mark.parametrize("hostile", ["", "with space", "a" * 129, 'quo"te', "new\tline", "<script>", "ä"])
def test_a_hostile_id_is_replaced(client: TestClient, hostile: str) -> None:
    response = client.get("/healthz", headers=[(b"X-Request-ID", hostile.encode())])
    assert re.fullmatch("[0-9a-f]{32}", response.headers["x-request-id"])


def test_each_request_without_an_id_gets_its_own(client: TestClient) -> None:
    assert len({client.get("/healthz").headers["x-request-id"] for _ in range(5)}) == 5


def test_there_is_one_line_of_json_for_each_request(server: Server) -> None:
    for path in ("/search?q=love", "/search?q=", "/nowhere", "/books/orchard"):
        server.get(path, **{"X-Request-ID": "the-same"})
    lines = server.requests("the-same", 4)
    assert [(line["path"], line["status"]) for line in lines] == [
        ("/search", 200),
        ("/search", 400),
        ("/nowhere", 404),
        ("/books/orchard", 200),
    ]
    assert lines[0]["query"] == "q=love"
    for line in lines:
        assert {"time", "level", "logger", "message", "method", "ms"} <= line.keys()


@pytest.mark.parametrize("path", ["/search?q=love", "/search?q=", "/nowhere", "/healthz", "/metrics"])
def test_head_is_answered_as_get_without_the_body(server: Server, path: str) -> None:
    request_id = f"head-of{re.sub('[^a-z]', '-', path)}"
    with httpx.Client(base_url=server.url, headers={"X-Request-ID": request_id}) as client:
        head, get = client.head(path), client.get(path)  # over one connection: a body would spoil the second answer
    assert head.content == b""
    assert (head.status_code, head.headers.get("etag")) == (get.status_code, get.headers.get("etag"))
    assert head.headers["content-type"] == get.headers["content-type"]
    assert {line["method"] for line in server.requests(request_id, 2)} == {"HEAD", "GET"}


def test_a_request_cannot_write_lines_of_its_own(server: Server) -> None:
    server.get("/books/a%0A%7B%22level%22%3A%22forged%22%7D%0A?q=%0A%0D", **{"X-Request-ID": "forger"})
    assert len(server.requests("forger")) == 1
    assert not [line for line in server.log() if line["level"] == "forged"]


def test_a_long_query_is_cut_in_the_log(server: Server) -> None:
    server.get("/search?q=" + "a" * 8000, **{"X-Request-ID": "long"})
    assert len(server.requests("long")[0]["query"]) == 512


def test_requests_are_counted_by_route_and_status(client: TestClient) -> None:
    def counted(route: str, status: str) -> float:
        return sample(client, "gutenberg_http_requests_total", route=route, method="GET", status=status)

    before = counted("/books/{book}", "200"), counted("/books/{book}", "404"), counted("unmatched", "404")
    for path in ("/books/orchard", "/books/playe", "/books/nowhere", "/one", "/two"):
        client.get(path)
    after = counted("/books/{book}", "200"), counted("/books/{book}", "404"), counted("unmatched", "404")
    assert after == (before[0] + 2, before[1] + 1, before[2] + 2)


def test_metrics_tell_what_runs_and_how_long_requests_take(client: TestClient) -> None:
    client.get("/search?q=love")
    assert sample(client, "gutenberg_build_info", version="1.2.3", commit="abc123") == 1
    assert sample(client, "gutenberg_corpus_passages", shelf="own") > 0
    assert sample(client, "gutenberg_http_request_seconds_count", route="/search") >= 1
    # The request for the metrics is in flight itself.
    assert sample(client, "gutenberg_http_requests_in_flight") == 1


def test_paths_of_strangers_do_not_fill_the_memory(client: TestClient) -> None:
    size = len(client.get("/metrics").text.splitlines())
    for i in range(50):
        client.get(f"/stranger/{i}")
        client.get(f"/books/stranger-{i}")
    assert len(client.get("/metrics").text.splitlines()) <= size + 5


def test_the_front_door_tells_which_program_answers(client: TestClient, small_index: IndexReader) -> None:
    about = client.get("/").json()
    shelf = about.pop("shelf")
    assert about == {"name": "Gutenberg Search", "version": "1.2.3", "commit": "abc123", "host": "pod-7"}
    assert shelf == {
        "kind": "own",
        "books": 5,
        "words": small_index.manifest.words,
        "digest": small_index.manifest.corpus,
        "advice": None,
    }


def test_while_draining_the_process_lives_but_is_not_ready(small_index: IndexReader) -> None:
    app = create_app(SETTINGS, small_index)
    client = TestClient(app)
    assert client.get("/readyz").status_code == 200
    app.state.lifecycle.draining = True
    unready = client.get("/readyz")
    assert (unready.status_code, unready.headers["content-type"]) == (503, "application/problem+json")
    assert unready.headers["retry-after"] == "1"
    assert client.get("/healthz").json() == {"status": "ok"}
    served = client.get("/search?q=love")
    assert (served.status_code, served.headers["connection"]) == (200, "close")


def test_a_mistake_of_our_own_is_a_problem_without_details(app: FastAPI, small_index: IndexReader) -> None:
    broken = create_app(SETTINGS, None)
    response = TestClient(broken).get("/books", headers={"X-Request-ID": "look-for-me"})
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert response.headers["x-request-id"] == "look-for-me"
    assert "NoneType" not in response.text


def sample(client: TestClient, name: str, **labels: str) -> float:
    families = text_string_to_metric_families(client.get("/metrics").text)
    samples = [one for family in families for one in family.samples if one.name == name and one.labels == labels]
    return samples[0].value if samples else 0.0
