import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.index.reader import IndexReader
from app.settings import Settings
from tests.backend.api.conftest import SETTINGS

CACHED = [
    "/books",
    "/books?q=pell&limit=1",
    "/books/orchard",
    "/books/orchard/sections/1?q=love",
    "/search?q=love",
    "/concordance?q=love",
    "/concordance?q=love&format=csv",
    "/compare?term=love",
    "/collocates?q=love",
    "/books/orchard/words",
    "/books/orchard/words?format=tsv",
    "/suggest?q=lo",
    "/resolve?ref=Orchard+1",
]


def etag(client: TestClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return response.headers["etag"]


@pytest.mark.parametrize("path", CACHED)
def test_an_answer_may_be_kept_and_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=600"
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"]


@pytest.mark.parametrize("form", ["W/{}", '"other", {}', '"other" ,W/{} , "third"'])
def test_weak_and_listed_validators_are_understood(client: TestClient, form: str) -> None:
    sent = form.format(etag(client, "/search?q=love"))
    assert client.get("/search?q=love", headers={"If-None-Match": sent}).status_code == 304


@pytest.mark.parametrize("sent", ['"other"', "", "nonsense", 'W/"other", "third"'])
def test_another_validator_gets_the_whole_answer(client: TestClient, sent: str) -> None:
    assert client.get("/search?q=love", headers={"If-None-Match": sent}).status_code == 200


def test_the_validator_does_not_depend_on_the_order_of_parameters(client: TestClient) -> None:
    assert etag(client, "/search?q=love&limit=3") == etag(client, "/search?limit=3&q=love")


def test_the_validator_depends_on_everything_that_the_answer_does(client: TestClient, small_index: IndexReader) -> None:
    paths = ["/search?q=love", "/search?q=hate", "/search?q=love&limit=3", "/search?q=love&facets=false"]
    paths += ["/concordance?q=love", "/compare?term=love&term=hate", "/compare?term=hate&term=love"]
    assert len({etag(client, path) for path in paths}) == len(paths)
    for changed in ({"version": "2"}, {"commit": "def"}):
        other = TestClient(create_app(SETTINGS.model_copy(update=changed), small_index))
        assert etag(other, "/search?q=love") != etag(client, "/search?q=love")


def test_the_validator_is_the_same_in_every_replica(client: TestClient, small_index: IndexReader) -> None:
    other = TestClient(create_app(SETTINGS.model_copy(update={"pod_name": "pod-8"}), small_index))
    assert etag(other, "/search?q=love") == etag(client, "/search?q=love")


def test_how_long_an_answer_is_kept_is_a_setting(small_index: IndexReader) -> None:
    client = TestClient(create_app(Settings(cache_seconds=0), small_index))
    assert client.get("/search?q=love").headers["cache-control"] == "public, max-age=0, stale-while-revalidate=0"


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/metrics"])
def test_answers_about_this_process_are_never_kept(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_an_error_is_never_kept(client: TestClient) -> None:
    response = client.get("/search?q=", headers={"If-None-Match": '"x"'})
    assert (response.headers["cache-control"], "etag" in response.headers) == ("no-store", False)
