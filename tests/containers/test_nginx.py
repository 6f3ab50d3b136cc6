"""The page's nginx without a backend: what it answers, and how it starts."""

import gzip
import json
import re
import socket
import subprocess
from collections.abc import Iterator

import pytest
from pydantic import TypeAdapter

from app.models.operation import Problem
from app.page import SECURITY_HEADERS
from bootstrap.processes import ROOT
from tests.containers.engine import Container, docker, image, in_image, running
from tests.containers.http import Answer, get

PROBLEM = TypeAdapter(Problem)


@pytest.fixture(scope="module")
def frontend(images: None) -> Iterator[Container]:
    with running("frontend") as container:
        container.wait_until_ready()
        yield container


@pytest.fixture(scope="module")
def assets(frontend: Container) -> list[str]:
    """The addresses of the page's scripts and styles, as index.html has them."""
    urls = re.findall(r'(?:src|href)="(/assets/[^"]+)"', frontend.get("/").body.decode())
    assert len(urls) >= 2
    return urls


def raw(port: int, request: bytes) -> bytes:
    """The answer to bytes that no HTTP client would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def assert_problem(answer: Answer, status: int, name: str) -> None:
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    problem = PROBLEM.validate_json(answer.body)
    assert (problem.status, problem.type) == (status, f"urn:gutenberg-search:{name}")


def assert_secure(headers: dict[str, list[str]]) -> None:
    """Each security header once, as the backend would send it, and nothing that tells a version."""
    for name, value in SECURITY_HEADERS.items():
        assert headers.get(name.lower()) == [value]
    assert headers["server"] == ["nginx"]
    assert len(headers["x-request-id"]) == 1


def all_headers(answer: Answer) -> dict[str, list[str]]:
    return {name.lower(): answer.headers.get_all(name) or [] for name in answer.headers}


def test_the_policy_of_nginx_is_that_of_the_backend() -> None:
    text = (ROOT / "frontend/nginx/headers.conf").read_text()
    added = re.findall(r'^add_header (\S+) (?:"([^"]*)"|(\S+)) always;$', text, re.M)
    headers = {name: quoted or plain for name, quoted, plain in added}
    assert headers.pop("X-Request-ID") == "$id"
    assert headers == SECURITY_HEADERS


@pytest.mark.parametrize(
    "path", ["/", "/read/austen-emma/1", "/favicon.svg", "/assets/none.js", "/healthz", "/api/", "/api/docs"]
)
def test_every_response_has_the_security_headers(frontend: Container, path: str) -> None:
    assert_secure(all_headers(frontend.get(path)))


@pytest.mark.parametrize("path", ["/favicon.ico", "/robots.txt", "/.git/config.old", "/wp-admin/setup.php"])
def test_a_file_that_is_not_there_is_not_the_page(frontend: Container, path: str) -> None:
    assert frontend.get(path).status == 404


def test_the_api_is_described_by_a_page_of_the_image(frontend: Container) -> None:
    answer = frontend.get("/api/docs")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")
    script = re.search(rb'src="(/assets/api-docs-[^"]+\.js)"', answer.body)
    assert script
    assert frontend.get(script[1].decode()).status == 200


@pytest.mark.parametrize("path", ["/read/shakespeare-hamlet/3.1", "/read/bible-kjv/genesis.1", "/nowhere"])
def test_any_other_address_is_a_view_of_the_page(frontend: Container, path: str) -> None:
    answer = frontend.get(path)
    assert (answer.status, b'<div id="app">' in answer.body) == (200, True)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"NONSENSE\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", 431),
        (b"GET /api/search?q=" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"POST /api/search HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 405),
        (b"GET /api/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2000\r\n\r\n" + b"x" * 2000, 413),
    ],
)
def test_a_request_that_nginx_refuses_gets_a_problem(frontend: Container, request_: bytes, status: int) -> None:
    head, _, body = raw(frontend.port, request_).partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0].split()[1] == str(status)
    headers: dict[str, list[str]] = {}
    for line in lines[1:]:
        name, _, value = line.partition(": ")
        headers.setdefault(name.lower(), []).append(value)
    assert_secure(headers)
    assert headers["content-type"] == ["application/problem+json"]
    assert PROBLEM.validate_json(body).status == status


@pytest.mark.parametrize("path", ["/", "/search?q=whale", "/read/bible-kjv/42", "/no/such/view"])
def test_every_view_gets_the_page_which_is_asked_for_anew(frontend: Container, path: str) -> None:
    answer = frontend.get(path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b'<div id="app">' in answer.body
    assert answer.headers["Cache-Control"] == "no-cache"
    assert get(frontend.port, path, {"If-None-Match": answer.headers["ETag"]}).status == 304


def test_hashed_files_are_kept_for_good(frontend: Container, assets: list[str]) -> None:
    for path in assets:
        assert re.search(r"-[\w-]{8}\.(js|css)$", path)
        assert frontend.get(path).headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_hashed_file_that_is_not_there_is_not_the_page_and_not_kept(frontend: Container) -> None:
    answer = frontend.get("/assets/index-00000000.js")
    assert answer.status == 404
    assert answer.headers["Cache-Control"] is None


def test_files_were_compressed_in_the_build(frontend: Container, assets: list[str]) -> None:
    for path in assets:
        small, plain = frontend.get(path, {"Accept-Encoding": "gzip"}), frontend.get(path)
        assert small.headers["Content-Encoding"] == "gzip"
        assert int(small.headers["Content-Length"]) < int(plain.headers["Content-Length"])
        assert gzip.decompress(small.body) == plain.body
        assert "Accept-Encoding" in small.headers["Vary"]
    names = in_image("frontend", "cd /usr/share/nginx/html && ls assets/*.js.gz assets/*.css.gz")
    assert len(names.split()) >= len(assets)


def test_without_a_backend_it_starts_serves_the_page_and_says_what_is_wrong(frontend: Container) -> None:
    assert frontend.get("/").status == 200
    answer = frontend.get("/api/search?q=whale")
    assert_problem(answer, 503, "backend-unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert not frontend.state()["Restarting"]


def test_it_lives_whatever_the_backend_does(frontend: Container) -> None:
    answer = frontend.get("/healthz")
    assert (answer.status, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", ["/api/metrics", "/api//metrics/", "/api/metrics/x"])
def test_routes_for_the_inside_stay_inside(frontend: Container, path: str) -> None:
    assert_problem(frontend.get(path), 404, "not-found")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_only_safe_requests_go_to_the_backend(frontend: Container, method: str) -> None:
    answer = get(frontend.port, "/api/search?q=whale", method=method)
    assert_problem(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


def test_who_asks_too_often_is_told_to_wait(images: None) -> None:
    with running("frontend", "--cpus", "1", RATE_LIMIT="1", BACKEND_URL="http://127.0.0.1:9") as frontend:
        frontend.wait_until_ready()
        assert {frontend.get("/api/").status for _ in range(100)} == {503}
        # Each second that passes meanwhile allows one more request.
        answers = (frontend.get("/api/") for _ in range(200))
        refused = next(answer for answer in answers if answer.status != 503)
        assert_problem(refused, 429, "too-many-requests")
        assert int(refused.headers["Retry-After"]) > 0
        assert frontend.get("/").status == 200


def test_a_client_is_no_other_client_for_what_it_says_in_a_header(images: None) -> None:
    with running("frontend", "--cpus", "1", RATE_LIMIT="1", BACKEND_URL="http://127.0.0.1:9") as frontend:
        frontend.wait_until_ready()
        statuses = {frontend.get("/api/", {"X-Forwarded-For": f"203.0.113.{i}"}).status for i in range(150)}
        assert 429 in statuses


# The first address is the one that the engine's port mapping adds, as seen from the container.
@pytest.mark.parametrize(
    "trusted", ["172.16.0.0/12 192.168.0.0/16", "fd00::1,10.0.0.0/8, 172.16.0.0/12,192.168.0.0/16"]
)
def test_the_clients_behind_a_trusted_proxy_have_a_count_each(images: None, trusted: str) -> None:
    settings = {"RATE_LIMIT": "1", "TRUSTED_PROXIES": trusted, "BACKEND_URL": "http://127.0.0.1:9"}
    with running("frontend", "--cpus", "1", **settings) as frontend:
        frontend.wait_until_ready()
        assert {frontend.get("/api/", {"X-Forwarded-For": f"203.0.113.{i}"}).status for i in range(150)} == {503}
        assert 429 in {frontend.get("/api/", {"X-Forwarded-For": "203.0.113.7"}).status for _ in range(150)}
        line = json.loads(frontend.wait_for_log('"status":429'))
        assert line["client"] == "203.0.113.7"


def test_routes_that_read_many_passages_have_a_lower_rate(images: None) -> None:
    with running("frontend", "--cpus", "1", RATE_LIMIT="6", BACKEND_URL="http://127.0.0.1:9") as frontend:
        frontend.wait_until_ready()
        costly = ("/collocates?q=the", "//compare?term=the", "/%63oncordance?q=the", "/books/austen-emma/words")
        for path in (f"/api{path}" for path in costly):
            statuses = [frontend.get(path).status for _ in range(40)]
            assert 429 in statuses, path
            assert frontend.get("/api/search?q=the").status == 503, "cheap requests have their own count"


@pytest.mark.parametrize("given", ["abc-123", None, "x" * 129, "a b"])
def test_the_log_has_the_id_that_the_answer_has(frontend: Container, given: str | None) -> None:
    path = "/read/%22quoted%22"
    answer = frontend.get(path, {"User-Agent": '"me" \\', **({"X-Request-ID": given} if given else {})})
    id_ = answer.headers["X-Request-ID"]
    line = json.loads(frontend.wait_for_log(f'"request_id":"{id_}"'))
    assert (id_ == given) == (given == "abc-123")
    assert (line["status"], line["method"], line["uri"]) == (200, "GET", path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BACKEND_URL", "backend:8000"),
        ("BACKEND_URL", "https://backend"),
        ("BACKEND_URL", "http://backend:8000/api"),
        ("BACKEND_URL", "http://a; return 200 x"),
        ("BACKEND_URL", "http://a\n}"),
        ("BACKEND_URL", ""),
        ("RATE_LIMIT", "0"),
        ("RATE_LIMIT", "many"),
        ("RATE_LIMIT", "5r/s; #"),
        ("RATE_LIMIT", "5\n6"),
        ("RESOLVE_SECONDS", "0"),
        ("RESOLVE_SECONDS", "60s"),
        ("TRUSTED_PROXIES", "*"),
        ("TRUSTED_PROXIES", "10.0.0.0/8; proxy"),
        ("TRUSTED_PROXIES", "10.0.0.0/33"),
        ("TRUSTED_PROXIES", "10.0.0.0/8 10.0.0.256"),
        ("TRUSTED_PROXIES", "10.0.0.0/8,fd00::/129"),
        ("TRUSTED_PROXIES", "ingress"),
    ],
)
def test_a_setting_that_makes_no_sense_is_quoted_and_nothing_starts(images: None, name: str, value: str) -> None:
    command = ["docker", "run", "--rm", "--network", "none", "--env", f"{name}={value}", image("frontend")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode != 0
    assert f"error: {name} is '{value}', but must be " in done.stderr


@pytest.mark.parametrize(
    ("options", "url", "expected"),
    [
        ([], "http://localhost:8000", "127.0.0.1:8000"),
        (["--add-host", "books:192.0.2.7"], "http://books:9000", "192.0.2.7:9000"),
        (["--add-host", "books:2001:db8::7"], "http://books:9000", "[2001:db8::7]:9000"),
        ([], "http://[2001:db8::7]:8000/", "[2001:db8::7]:8000"),
        ([], "http://backend.books.svc.cluster.local", "backend.books.svc.cluster.local"),
    ],
)
def test_names_of_the_hosts_file_are_found_too(images: None, options: list[str], url: str, expected: str) -> None:
    show = "/docker-entrypoint.d/15-check-settings.sh && cat /etc/nginx/conf.d/settings.conf && nginx -t"
    options = [
        *options,
        "--entrypoint",
        "sh",
        "--env",
        f"BACKEND_URL={url}",
        "--dns",
        "192.0.2.53",
        "--dns",
        "2001:db8::53",
    ]
    written = docker("run", "--rm", *options, image("frontend"), "-c", show)
    assert re.search(rf"(?://| server ){re.escape(expected)}[; ]", written)
    assert re.search(r"^resolver (?:127\.0\.0\.11|192\.0\.2\.53 \[2001:db8::53\]) +valid", written, re.M)


# Says that it is another nginx, to what asks for its version.
PRETEND = """
mkdir /tmp/bin
printf '#!/bin/sh\necho "nginx version: nginx/%s" >&2\n' "$PRETENDED" >/tmp/bin/nginx
chmod +x /tmp/bin/nginx
PATH=/tmp/bin:$PATH /docker-entrypoint.d/15-check-settings.sh && cat /etc/nginx/conf.d/settings.conf
"""


@pytest.mark.parametrize(
    ("version", "kept"), [("1.26.3", False), ("1.27.2", False), ("1.27.3", True), ("1.30.0", True), ("2.0.0", True)]
)
def test_connections_to_the_backend_are_kept_by_every_nginx_that_can(images: None, version: str, kept: bool) -> None:
    """The other tests here run with the one way or the other, as the base image of this machine is new or old."""
    options = ["--entrypoint", "sh", "--env", f"PRETENDED={version}", "--dns", "192.0.2.53"]
    written = docker("run", "--rm", *options, image("frontend"), "-c", PRETEND)
    assert ("server backend:8000 resolve max_fails=0;\n    keepalive 16;" in written) is kept
    assert ('map "" $backend { default http://backend:8000; }' in written) is not kept
    assert "resolver 192.0.2.53 " in written


def test_every_piece_of_shared_memory_has_a_name_of_its_own(images: None) -> None:
    """nginx does not start when two have one, and only those that keep connections have all of them."""
    options = ["--entrypoint", "sh", "--env", "PRETENDED=1.30.0", "--dns", "192.0.2.53"]
    written = docker("run", "--rm", *options, image("frontend"), "-c", PRETEND)
    text = written + (ROOT / "frontend/nginx/templates/limits.conf.template").read_text()
    names = re.findall(r"^(?:limit_\w+zone \S+ zone=|    zone )(\w+)[ :]\d+[km]", text, re.M)
    assert len(names) == 5
    assert len(set(names)) == len(names), names
