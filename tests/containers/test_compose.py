"""One command that ends with everything healthy: docker compose up --build --wait."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.containers.conftest import corpus_dir
from tests.containers.engine import docker
from tests.containers.http import get
from tests.containers.manifest import compose_services

PROJECT = ("compose", "--project-name", "gutenberg-test")


@contextmanager
def up(port: int) -> Iterator[None]:
    try:
        docker(*PROJECT, "up", "--build", "--wait", PORT=str(port), COMMIT="c0ffee", **corpus_dir())
        yield
    finally:
        docker(*PROJECT, "down", "--volumes", "--timeout", "5")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_it_ends_with_everything_healthy_and_serves_the_page_and_a_search(engine: None) -> None:
    port = free_port()
    with up(port):
        assert b'<div id="app">' in get(port, "/").body
        assert get(port, "/api/search?q=whale").json()["hits"] > 0
        assert get(port, "/api/").json()["commit"] == "c0ffee"
        states = docker(*PROJECT, "ps", "--format", "{{.Service}} {{.Health}}").splitlines()
        assert sorted(states) == ["backend healthy", "frontend healthy"]


@pytest.mark.usefixtures("compose")
class TestFile:
    def test_the_page_is_at_port_8080_of_this_machine_alone(self) -> None:
        (port,) = compose_services()["frontend"]["ports"]
        assert (port["host_ip"], port["published"], port["target"]) == ("127.0.0.1", "8080", 8080)
        assert "ports" not in compose_services()["backend"]

    @pytest.mark.parametrize("component", ["backend", "frontend"])
    def test_nothing_stands_in_for_the_stage_corpus_unless_it_is_asked_for(self, component: str) -> None:
        assert "corpus" not in compose_services()[component]["build"].get("additional_contexts", {})

    def test_a_folder_can_take_the_place_of_the_download(self) -> None:
        assert "corpus: /some/books" in docker("compose", "config", CORPUS_DIR="/some/books")
