"""The page at / and the API at /api on one port."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.index.reader import IndexReader
from app.page import SECURITY_HEADERS, with_page
from tests.backend.api.conftest import SETTINGS, Serve

INDEX = "<!doctype html><title>page</title>"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the page, as far as these tests need it."""
    dist = tmp_path_factory.mktemp("page") / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text(INDEX)
    (dist / "api-docs.html").write_text("<!doctype html><title>API</title>")
    (dist / "assets" / "index-abc123.js").write_text("let page")
    (dist / "boot.js").write_text("let theme")
    (dist.parent / "secret.txt").write_text("not of the page")
    return dist


@pytest.fixture(scope="module")
def site(dist: Path, small_index: IndexReader) -> Iterator[TestClient]:
    with TestClient(with_page(create_app(SETTINGS, small_index), dist)) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/index.html", "/search?q=love", "/read/orchard/genesis.1", "/über/uns"])
def test_every_view_gets_the_page(site: TestClient, path: str) -> None:
    response = site.get(path)
    assert (response.status_code, response.text) == (200, INDEX)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"


def test_files_with_a_hash_in_their_name_are_kept_for_ever(site: TestClient) -> None:
    response = site.get("/assets/index-abc123.js")
    assert response.text == "let page"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert site.get("/boot.js").headers["cache-control"] == "no-cache"


def test_an_asset_that_is_gone_is_not_the_page(site: TestClient) -> None:
    response = site.get("/assets/index-old.js")
    assert response.status_code == 404
    assert "immutable" not in response.headers.get("cache-control", "")


@pytest.mark.parametrize("path", ["/favicon.ico", "/robots.txt", "/setup.php"])
def test_a_file_that_is_not_there_is_not_the_page(site: TestClient, path: str) -> None:
    assert site.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"])
def test_nothing_outside_the_page_is_served(site: TestClient, path: str) -> None:
    assert "not of the page" not in site.get(path).text


@pytest.mark.parametrize(
    "path", ["/", "/assets/index-abc123.js", "/nowhere", "/api/", "/api/search?q=love", "/api/docs"]
)
def test_every_answer_has_the_security_headers(site: TestClient, path: str) -> None:
    headers = site.get(path).headers
    assert {name: headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert "unsafe" not in headers["content-security-policy"]


def test_the_api_is_below_its_own_path(site: TestClient) -> None:
    assert site.get("/api/").json()["name"] == "Gutenberg Search"
    assert site.get("/api/search?q=love").json()["hits"] > 0
    assert site.get("/api/readyz").status_code == 200
    missing = site.get("/api/nowhere")
    assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")
    assert site.get("/api/openapi.json").json()["servers"] == [{"url": "/api"}]


def test_the_api_is_described_by_a_page_of_the_build(site: TestClient) -> None:
    response = site.get("/api/docs")
    assert (response.status_code, response.text) == (200, "<!doctype html><title>API</title>")
    assert response.headers["cache-control"] == "no-cache"
    assert site.get("/api/docs/nowhere").status_code == 404


def test_requests_are_counted_by_their_route_below_the_path(site: TestClient) -> None:
    site.get("/api/books/orchard")
    assert 'route="/books/{book}"' in site.get("/api/metrics").text


def test_a_real_server_serves_both(serve: Serve, dist: Path) -> None:
    server = serve(PAGE_DIR=str(dist))
    assert server.get("/library").text == INDEX
    assert server.get("/api/search?q=love").json()["hits"] > 0
    assert server.end() == 0
