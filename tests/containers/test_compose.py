"""One command that ends with everything healthy: docker compose up --build --wait."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.corpus.shelf import load_shelf
from app.index.build import build
from tests.containers.conftest import corpus_dir
from tests.containers.engine import docker, running
from tests.containers.http import get
from tests.containers.manifest import compose_manifest, compose_services, manifest
from tests.servers import free_port

# Other tests build the images of the usual names, maybe at the same moment.
OWN_IMAGES = "services: {backend: {image: gutenberg-test-backend}, frontend: {image: gutenberg-test-frontend}}\n"


@pytest.fixture
def project(engine: None, tmp_path: Path) -> Iterator[tuple[str, ...]]:
    """`docker compose` for a project of the test's own."""
    own = tmp_path / "images.yaml"
    own.write_text(OWN_IMAGES)
    project = ("compose", "--file", "compose.yaml", "--file", str(own), "--project-name", "gutenberg-test")
    yield project
    docker(*project, "down", "--volumes", "--rmi", "all", "--timeout", "5")


def test_it_ends_with_everything_healthy_and_serves_the_page_and_a_search(project: tuple[str, ...]) -> None:
    port = free_port()
    docker(*project, "up", "--build", "--wait", PORT=str(port), COMMIT="c0ffee", **corpus_dir())
    assert b'<div id="app">' in get(port, "/").body
    assert get(port, "/api/search?q=whale").json()["hits"] > 0
    assert get(port, "/api/").json()["commit"] == "c0ffee"
    states = docker(*project, "ps", "--format", "{{.Service}} {{.Health}}").splitlines()
    assert sorted(states) == ["backend healthy", "frontend healthy"]


def index_of(word: str, folder: Path) -> Path:
    """An index of one book with this word."""
    books = folder / word
    books.mkdir()
    (books / "book.txt").write_text(f"Here is the {word}.\n")
    build(load_shelf(books), folder / f"index-of-{word}", lambda step, done: None)
    return folder / f"index-of-{word}"


def test_another_index_is_served_by_another_container(project: tuple[str, ...], tmp_path: Path) -> None:
    port, served = free_port(), {}
    for word in ("marlin", "osprey"):
        variables = {"PORT": str(port), "INDEX_DIR": str(index_of(word, tmp_path)), **corpus_dir()}
        docker(*project, "up", "--build", "--wait", **variables)
        served[docker(*project, "ps", "--quiet", "backend")] = get(port, f"/api/search?q={word}").json()["hits"]
    assert list(served.values()) == [1, 1]


def test_a_backend_that_drains_is_not_healthy(images: None) -> None:
    check, *command = compose_services()["backend"]["healthcheck"]["test"]
    assert (check, command[0]) == ("CMD", "bash"), "a Python every five seconds takes an eighth of the processor"
    command = [word.replace("$$", "$") for word in command]

    def healthy() -> bool:
        done = subprocess.run(["docker", "exec", backend.id, *command], capture_output=True, timeout=60)
        return done.returncode == 0

    with running("backend", GUTENBERG_DRAIN_SECONDS="60") as backend:
        backend.wait_until_ready()
        assert healthy()
        docker("kill", "--signal", "TERM", backend.id)
        backend.wait_for("/readyz", 503)
        assert not healthy()


@pytest.mark.usefixtures("compose")
class TestFile:
    def test_the_page_is_at_port_8080_of_this_machine_alone(self) -> None:
        (port,) = compose_services()["frontend"]["ports"]
        assert (port["host_ip"], port["published"], port["target"]) == ("127.0.0.1", "8080", 8080)
        assert "ports" not in compose_services()["backend"]

    @pytest.mark.parametrize("component", ["backend", "frontend"])
    def test_nothing_stands_in_for_the_stage_corpus_unless_it_is_asked_for(self, component: str) -> None:
        assert "corpus" not in compose_services()[component]["build"].get("additional_contexts", {})

    def test_an_index_can_be_mounted_where_the_backend_cannot_write_and_only_if_it_is_asked_for(self) -> None:
        (unused,) = compose_services()["backend"]["volumes"]
        assert (unused["type"], unused["source"]) == ("volume", "unused")
        assert compose_services()["backend"]["environment"]["GUTENBERG_INDEX_DIR"] != unused["target"]
        config = json.loads(docker("compose", "config", "--format", "json", INDEX_DIR="/some/index"))
        backend = config["services"]["backend"]
        (mounted,) = backend["volumes"]
        assert (mounted["type"], mounted["source"], mounted["read_only"]) == ("bind", "/some/index", True)
        assert backend["environment"]["GUTENBERG_INDEX_DIR"] == mounted["target"]

    def test_a_folder_can_take_the_place_of_the_download(self) -> None:
        assert "corpus: /some/books" in docker("compose", "config", CORPUS_DIR="/some/books")


@pytest.mark.parametrize("component", ["backend", "frontend"])
def test_it_limits_and_hardens_as_kubernetes_does(component: str) -> None:
    here, there = compose_manifest(component), manifest(component)
    assert (here.memory, here.cpus, here.writable) == (there.memory, there.cpus, there.writable)
