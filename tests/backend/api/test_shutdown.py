"""SIGTERM: readiness fails first, requests in flight end well, and the process leaves with nothing lost or left."""

import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.backend.api.conftest import Serve, Server

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals: run it on Linux or macOS")

PATHS = ["/search?q=love", "/concordance?q=the", "/compare?term=love&term=whale", "/books", "/suggest?q=lo", "/nowhere"]


class Load:
    """Clients that ask without a pause over connections that they keep, and note every answer."""

    def __init__(self, server: Server, clients: int) -> None:
        self.statuses: list[int] = []
        self.lost: list[str] = []
        self._server = server
        self._drained = threading.Event()
        self._pool = ThreadPoolExecutor(clients)
        self._running = [self._pool.submit(self._ask, i) for i in range(clients)]

    def stop_connecting(self) -> None:
        """Keeps to the open connections, as when the load balancer has seen that the process is not ready."""
        self._drained.set()

    def wait(self) -> None:
        for running in self._running:
            running.result(timeout=30)
        self._pool.shutdown()

    def _ask(self, first: int) -> None:
        with httpx.Client(base_url=self._server.url, timeout=20) as client:
            for turn in range(first, 1_000_000):
                try:
                    response = client.get(PATHS[turn % len(PATHS)])
                except httpx.TransportError as error:
                    self.lost.append(repr(error))
                    return
                self.statuses.append(response.status_code)
                if self._drained.is_set() and response.headers.get("connection") == "close":
                    return


def until(reached: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)


def test_no_request_is_lost_under_load(serve: Serve) -> None:
    server = serve(DRAIN_SECONDS="600")
    load = Load(server, clients=6)
    until(lambda: len(load.statuses) > 50)
    server.process.send_signal(signal.SIGTERM)
    until(lambda: server.get("/readyz").status_code == 503)
    draining = len(load.statuses)
    assert server.get("/healthz").status_code == 200
    until(lambda: len(load.statuses) > draining + 50)
    load.stop_connecting()
    load.wait()
    assert server.process.poll() is None, "it left before it had drained"
    assert (server.end(), server.litter()) == (0, [])
    assert load.lost == []
    assert set(load.statuses) == {200, 404}
    answered = [line for line in server.log() if line["logger"] == "app.access"]
    assert not [line for line in answered if line["status"] >= 500 and line["path"] != "/readyz"]


def test_a_connection_that_is_kept_is_told_to_close(serve: Serve) -> None:
    server = serve(DRAIN_SECONDS="600")
    with httpx.Client(base_url=server.url) as client:
        assert "connection" not in client.get("/search?q=love").headers
        server.process.send_signal(signal.SIGTERM)
        until(lambda: server.get("/readyz").status_code == 503)
        assert client.get("/search?q=love").headers["connection"] == "close"
    assert server.end() == 0


def test_a_request_in_flight_is_answered_after_the_drain(serve: Serve, nltk_index_dir: Path) -> None:
    """A slow request is under way when the process is told to leave at once."""
    server = serve(INDEX_DIR=str(nltk_index_dir), QUERY_SECONDS="30")
    slow = "/concordance?q=the&format=csv&width=200&sort=left"
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(server.get, slow)
        until(lambda: "gutenberg_http_requests_in_flight 2.0" in server.get("/metrics").text)
        server.process.send_signal(signal.SIGTERM)
        response = answer.result(timeout=30)
    assert response.status_code == 200
    assert len(response.text.splitlines()) > 10_000
    assert server.process.wait(timeout=30) == 0
    with pytest.raises(httpx.ConnectError):
        server.get("/healthz")


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_process_leaves_at_once_with_status_0(serve: Serve, sign: signal.Signals) -> None:
    server = serve()
    with httpx.Client(base_url=server.url) as idle:
        idle.get("/healthz")
        started = time.monotonic()
        assert (server.end(sign), server.litter()) == (0, [])
        assert time.monotonic() - started < 5
    assert not [line for line in server.log() if line["level"] == "error"]


def test_the_drain_ends_by_itself(serve: Serve) -> None:
    server = serve(DRAIN_SECONDS="0.5")
    started = time.monotonic()
    assert server.end() == 0
    assert time.monotonic() - started >= 0.5
