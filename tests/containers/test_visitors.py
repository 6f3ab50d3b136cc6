"""Both containers at work: what visitors get while backends are replaced, are busy, die and come back."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests.containers.engine import DRAIN, Container, docker, network, running
from tests.containers.http import get
from tests.containers.load import steady


@pytest.fixture
def net(images: None) -> Iterator[str]:
    with network() as name:
        yield name


def named(net: str, version: str) -> list[str]:
    """Options for a backend that is found as `backend`, and that tells its version."""
    return ["--network", net, "--network-alias", "backend", "--env", f"GUTENBERG_VERSION={version}"]


def page(net: str) -> AbstractContextManager[Container]:
    """A frontend on this network. The name of its backend is that of a container, as in compose, which may come later
    and move; the manifests' time is for the name of a Service, which keeps its address."""
    return running("frontend", "--network", net, RESOLVE_SECONDS="2")


def test_a_rolling_replacement_loses_no_request(net: str) -> None:
    with page(net) as frontend, running("backend", *named(net, "old"), **DRAIN) as old:
        old.wait_until_ready()
        frontend.wait_for("/api/", 200)
        with steady(frontend.port, "/api/search?q=whale", per_second=50) as tally:
            time.sleep(1)
            with running("backend", *named(net, "new"), **DRAIN) as new:
                new.wait_until_ready()
                docker("stop", old.id)
                time.sleep(3)
                assert frontend.get("/api/").json()["version"] == "new"
                assert sum(tally.statuses.values()) > 200
                assert tally.failures == []


# Answers after two seconds.
SLOW = """
import http.server, time
class Slow(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(2)
        self.send_response(204)
        self.end_headers()
http.server.ThreadingHTTPServer(("", 8000), Slow).serve_forever()
"""


def test_a_frontend_that_is_stopped_gives_the_answers_that_it_waits_for(net: str) -> None:
    slow = running("backend", *named(net, "slow"), command=("python", "-c", SLOW))
    with page(net) as frontend, slow, ThreadPoolExecutor(8) as pool:
        frontend.wait_for("/api/", 204)
        port = frontend.port
        answers = [pool.submit(get, port, "/api/search?q=whale") for _ in range(8)]
        time.sleep(1)
        assert not any(answer.done() for answer in answers)
        docker("stop", frontend.id)
        assert [answer.result().status for answer in answers] == [204] * 8
        assert docker("wait", frontend.id) == "0"


# Like the one address of a Service, behind which replicas die: so many connections are lost before one is answered.
DYING = """
import socket, sys
server = socket.create_server(("", 8000))
good = b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n"
while True:
    for answer in [b""] * int(sys.argv[1]) + [good]:
        connection, _ = server.accept()
        connection.recv(8192)
        connection.sendall(answer)
        connection.close()
"""


@pytest.mark.parametrize("lost", ["1", "3"])
def test_a_replica_that_dies_with_a_request_is_not_seen_though_all_have_one_address(net: str, lost: str) -> None:
    command = ("python", "-c", DYING, lost)
    with page(net) as frontend, running("backend", *named(net, "one"), command=command):
        frontend.wait_for("/api/", 200)
        assert {frontend.get("/api/search?q=whale").status for _ in range(20)} == {200}


# Says what arrives, and keeps the answer for so many seconds: none after all, or that it is too busy.
UNWILLING = """
import http.server, sys, time
class Unwilling(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print(f"asked for {self.path}\\n", end="", flush=True)
        time.sleep(float(sys.argv[1]))
        if sys.argv[2:]:
            self.send_response(503)
            self.send_header("Retry-After", "7")
            self.send_header("Content-Type", "application/problem+json")
            self.end_headers()
            self.wfile.write(sys.argv[2].encode())
http.server.ThreadingHTTPServer(("", 8000), Unwilling).serve_forever()
"""


@contextmanager
def before_an_unwilling_backend(net: str, *arguments: str) -> Iterator[tuple[Container, Container]]:
    """nginx, and behind it a backend that runs UNWILLING with these arguments."""
    command = ("python", "-c", UNWILLING, *arguments)
    with (
        page(net) as frontend,
        running("backend", *named(net, "one"), command=command) as backend,
    ):
        frontend.wait_until_ready()
        backend.wait_until_listening()
        yield frontend, backend


@pytest.mark.parametrize(("what", "seconds"), [("a time-out", "6"), ("an answer that is lost", "0.5")])
def test_a_request_that_a_backend_has_got_is_not_sent_again_after(what: str, seconds: str, net: str) -> None:
    with before_an_unwilling_backend(net, seconds) as (frontend, backend):
        answer = frontend.get("/api/search?q=whale")
        assert answer.status == 503, f"after {what}"
        assert answer.json()["type"] == "urn:gutenberg-search:backend-unavailable"
        assert backend.logs().count("asked for /search?q=whale") == 1


def test_a_request_that_may_kill_backends_reaches_no_fifth(net: str) -> None:
    with before_an_unwilling_backend(net, "0") as (frontend, backend):
        assert frontend.get("/api/search?q=whale").status == 503
        assert backend.logs().count("asked for /search?q=whale") == 4


def test_a_request_that_reaches_no_backend_is_sent_eight_times(images: None) -> None:
    with running("frontend", BACKEND_URL="http://127.0.0.1:9") as frontend:
        frontend.wait_until_ready()
        assert frontend.get("/api/search?q=whale").status == 503
        assert "/api/search?q=whale" in frontend.wait_for_log(f'"upstream_status":"{" : ".join(["502"] * 8)}"')


def test_a_backend_that_is_too_busy_says_so_itself(net: str) -> None:
    with before_an_unwilling_backend(net, "0", '{"title":"busy"}') as (frontend, backend):
        answer = frontend.get("/api/search?q=whale")
        assert (answer.status, answer.headers["Retry-After"], answer.json()) == (503, "7", {"title": "busy"})
        assert backend.logs().count("asked for /search?q=whale") == 1


def test_so_many_requests_of_a_client_wait_at_a_time_and_more_are_refused_at_once(net: str) -> None:
    with before_an_unwilling_backend(net, "4", "{}") as (frontend, backend):
        port = frontend.port
        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda _: get(port, "/api/search?q=whale"), range(20)))
        refused = [answer for answer in answers if b"urn:gutenberg-search:overloaded" in answer.body]
        assert len(refused) == 10
        assert {answer.status for answer in refused} == {503}
        assert all(int(answer.headers["Retry-After"]) > 0 for answer in refused)
        assert backend.logs().count("asked for /search?q=whale") == 10


def test_a_killed_backend_is_a_problem_until_it_is_back_and_nginx_is_not_restarted(net: str) -> None:
    with page(net) as frontend, running("backend", *named(net, "one")) as backend:
        frontend.wait_for("/api/", 200)
        docker("kill", backend.id)
        down = frontend.wait_for("/api/search?q=whale", 503, 5)
        assert down.headers["Content-Type"] == "application/problem+json"
        assert int(down.headers["Retry-After"]) > 0
        docker("start", backend.id)
        frontend.wait_for("/api/search?q=whale", 200)
        assert frontend.state()["RestartCount"] == 0


def test_a_backend_that_comes_later_and_moves_is_found(net: str) -> None:
    with page(net) as frontend:
        frontend.wait_for("/api/", 503)
        with running("backend", *named(net, "first")) as first:
            assert frontend.wait_for("/api/", 200).json()["version"] == "first"
            before = address(first)
        # The container that starts first gets the free address.
        with page(net), running("backend", *named(net, "second")) as second:
            assert address(second) != before
            assert frontend.wait_for("/api/", 200).json()["version"] == "second"


def address(container: Container) -> str:
    return docker("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", container.id)


def test_a_request_keeps_its_id_through_both_logs(net: str) -> None:
    with page(net) as frontend, running("backend", *named(net, "one")) as backend:
        frontend.wait_for("/api/", 200)
        for given in ({"X-Request-ID": "my-id-1"}, {}):
            answer = get(frontend.port, "/api/search?q=whale", given)
            ids = answer.headers.get_all("X-Request-ID") or []
            assert len(ids) == 1
            assert ids[0] == given.get("X-Request-ID", ids[0])
            for container in (frontend, backend):
                assert container.wait_for_log(f'"request_id":"{ids[0]}"')


def test_answers_of_the_api_come_through_unchanged_and_compressed(net: str) -> None:
    with page(net) as frontend, running("backend", *named(net, "one")) as backend:
        frontend.wait_for("/api/", 200)
        path = "/search?q=%E2%80%9Cthe+whale%E2%80%9D&limit=3"
        through, direct = frontend.get(f"/api{path}"), backend.get(path)
        assert (through.status, through.body) == (direct.status, direct.body)
        assert through.headers["ETag"] == direct.headers["ETag"]
        head = get(frontend.port, f"/api{path}", method="HEAD")
        assert (head.status, head.body) == (200, b"")
        assert head.headers["Content-Length"] == str(len(direct.body))
        assert frontend.get(f"/api{path}", {"If-None-Match": direct.headers["ETag"]}).status == 304
        assert frontend.get(f"/api{path}", {"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
        assert frontend.get("/api/books/").headers["Location"] == "/api/books"
        wrong = frontend.get("/api/search?q=")
        assert (wrong.status, wrong.body) == (400, backend.get("/search?q=").body)
