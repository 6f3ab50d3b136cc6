"""One greedy client: costly answers are computed a few at a time, what cannot be answered in time is refused, and
everything else goes on."""

import asyncio
import select
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import Mock

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.admission import Admission
from app.api.csv_writer import Format, Table, table_file
from app.api.download import Parts, body
from app.errors import Overloaded
from app.settings import Settings
from tests.backend.api.conftest import Serve, Server, settings_of

# Each query is a different one, so that no cache could answer it.
COSTLY = "/concordance?q=the&sort=l3&sort=r3&width=200&limit={}"
CHEAP = ["/healthz", "/readyz", "/", "/metrics", "/books", "/search?q=whale", "/suggest?q=wha", "/resolve?ref=Gen+1:1"]
THE_LONGEST = "/concordance?q=the&format=csv&width=200"


@contextmanager
def asked(server: Server, path: str, request_id: str) -> Iterator[socket.socket]:
    """A request under way."""
    with socket.create_connection(server.address) as connection:
        request = f"GET {path} HTTP/1.1\r\nHost: x\r\nX-Request-ID: {request_id}\r\n\r\n"
        connection.sendall(request.encode())
        yield connection


@pytest.fixture(scope="module")
def narrow(serve: Serve, nltk_index_dir: Path) -> Server:
    """A server with one place for costly queries, and room for two to wait."""
    return serve(INDEX_DIR=str(nltk_index_dir), WORKERS="1", QUEUE_LENGTH="2", QUERY_SECONDS="60", QUEUE_SECONDS="60")


def test_a_request_that_would_wait_too_long_is_refused_and_cheap_ones_are_answered(narrow: Server) -> None:
    with ThreadPoolExecutor(24) as pool:
        costly = [pool.submit(narrow.get, COSTLY.format(i)) for i in range(1, 13)]
        cheap = [pool.submit(narrow.get, path) for path in CHEAP]
        assert {answer.result().status_code for answer in cheap} == {200}
        answers = [answer.result() for answer in costly]
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses[200] >= 3, statuses
    refused = [answer for answer in answers if answer.status_code != 200]
    assert refused
    for answer in refused:
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert answer.json()["type"] == "urn:gutenberg-search:overloaded"
        assert answer.headers["cache-control"] == "no-store"
    assert f'gutenberg_queue_refused_total{{line="heavy"}} {len(refused)}.0' in narrow.get("/metrics").text


def test_who_waits_too_long_is_refused(serve: Serve, nltk_index_dir: Path) -> None:
    server = serve(INDEX_DIR=str(nltk_index_dir), WORKERS="1", QUERY_SECONDS="60", QUEUE_SECONDS="0")
    with ThreadPoolExecutor(8) as pool:
        statuses = {answer.status_code for answer in pool.map(server.get, map(COSTLY.format, range(1, 9)))}
    assert statuses == {200, 503}


def test_work_for_a_client_that_has_gone_stops(narrow: Server) -> None:
    """Both for the request that is computed and for the one that waits; the next request is then answered at once."""
    with asked(narrow, COSTLY.format(101), "gone-1"), asked(narrow, COSTLY.format(102), "gone-2"):
        until_in_flight(narrow, 3)
    for request_id in ("gone-1", "gone-2"):
        (line,) = narrow.requests(request_id)
        assert line["status"] == 499, line


def until_in_flight(server: Server, count: int) -> None:
    """Waits until so many requests are in flight, including the one that asks for the metrics."""
    for _ in range(500):
        if f"gutenberg_http_requests_in_flight {count}.0" in server.get("/metrics").text:
            return
    raise AssertionError("the requests do not arrive")


def test_an_answer_that_comes_too_late_is_none(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever took the time: here, it is one long step."""

    def slow(*_: object) -> list[object]:
        time.sleep(0.2)
        return []

    monkeypatch.setattr("app.api.routes.books.book_detail", slow)
    assert client.get("/books/orchard?n=1").status_code == 200
    with settings_of(app, query_seconds=0.1):
        response = client.get("/books/orchard?n=2")
    assert (response.status_code, response.json()["type"]) == (503, "urn:gutenberg-search:query-timeout")


def test_the_time_limit_begins_when_the_request_comes(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The request here came an hour ago."""
    monkeypatch.setattr("app.api.middleware.time", Mock(monotonic=lambda: time.monotonic() - 3600))
    response = client.get("/books/orchard?n=3")
    assert (response.status_code, response.json()["type"]) == (503, "urn:gutenberg-search:query-timeout")


def test_a_file_of_the_first_lines_says_so_in_its_name_and_at_its_end(narrow: Server) -> None:
    response = narrow.get(THE_LONGEST)
    assert response.headers["content-disposition"] == 'attachment; filename="concordance-the-first-10000-lines.csv"'
    rows = response.text.splitlines()
    assert rows[-1] == "# Cut after 10000 lines: there are more than 10000 matches and no more are ever listed"
    assert len(rows) == 1 + 10_000 + 1


def test_a_file_that_takes_too_long_says_where_it_was_cut(app: FastAPI, client: TestClient) -> None:
    with settings_of(app, download_seconds=0):
        rows = client.get("/concordance?q=love&format=csv").text.splitlines()
    assert rows[-1].startswith(f"# Cut after {len(rows) - 2} lines: It was stopped after 0 seconds.")


def test_a_file_whose_next_part_finds_no_place_says_where_it_was_cut() -> None:
    parts = table_file(Table("words", ["word"], iter(())), Format.CSV).parts
    assert next(parts) == "\ufeffword\r\n"
    assert parts.throw(Overloaded("Too much.")) == "# Cut after 0 lines: Too much.\r\n"


def test_a_file_that_has_said_where_it_was_cut_ends_though_there_is_still_no_place() -> None:
    """The file ends well for the client, who would otherwise take it for a broken answer."""

    def late() -> Parts:
        yield "columns"
        yield "# Cut after 0 lines"  # as after a time-out, which the file itself has met

    async def whole() -> list[str]:
        admission, parts, sent = Admission(Settings(workers=1, queue_length=0)), late(), []
        async for part in body(admission, parts, next(parts)):
            sent.append(part)
            if part.startswith("#"):
                await admission.heavy.enter("somebody else")
        return sent

    assert asyncio.run(whole()) == ["columns", "# Cut after 0 lines"]


def test_files_are_sent_in_bounded_memory(serve: Serve, nltk_index_dir: Path) -> None:
    """The clients do not read: eight get the beginning of their file, eight wait for one, and eight are refused."""
    server = serve(INDEX_DIR=str(nltk_index_dir), QUERY_SECONDS="60", QUEUE_LENGTH="8", QUEUE_SECONDS="60")
    server.get(THE_LONGEST)
    before = resident(server)
    connections = [socket.create_connection(server.address) for _ in range(24)]
    for i, connection in enumerate(connections):
        connection.sendall(f"GET {THE_LONGEST}&n={i} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    answered: list[socket.socket] = []
    while len(answered) < 16:
        answered = select.select(connections, [], [], 30)[0]
        assert answered, "no client gets an answer"
    assert Counter(one.recv(12) for one in answered) == {b"HTTP/1.1 200": 8, b"HTTP/1.1 503": 8}
    assert resident(server) - before < 40, "MiB"
    for connection in connections:
        connection.close()


def resident(server: Server) -> float:
    """The resident memory of the process, in MiB."""
    for line in Path(f"/proc/{server.process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("the server has ended")
