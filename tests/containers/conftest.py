"""The two images, built once as compose builds them. Without a Docker engine these tests are left out."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nltk.data
import pytest

from bootstrap.processes import ROOT
from tests.conftest import need
from tests.containers.engine import Container, docker, running


def corpus_dir() -> dict[str, str]:
    """CORPUS_DIR for the build. Tests that need the books are left out without them, though a build could fetch
    them."""
    places = [os.environ.get("CORPUS_DIR", ""), *nltk.data.path, ROOT / "build/nltk_data"]
    holding = [str(place) for place in places if place and (Path(place) / "corpora/gutenberg.zip").exists()]
    if not holding:
        pytest.skip("needs the NLTK Gutenberg corpus: make run fetches it, or set NLTK_DATA")
    return {"CORPUS_DIR": holding[0]}


@pytest.fixture(scope="session")
def compose() -> None:
    """The command line with its compose plugin; it needs no engine to read compose.yaml."""
    need("docker", "Docker: https://docs.docker.com/engine/install/")
    if subprocess.run(["docker", "compose", "version"], capture_output=True).returncode != 0:
        pytest.skip("docker has no compose plugin: install docker-compose-plugin")


@pytest.fixture(scope="session")
def engine(compose: None) -> None:
    if subprocess.run(["docker", "info"], capture_output=True).returncode != 0:
        pytest.skip("no Docker engine answers: start it, for example with: sudo systemctl start docker")


def build_images() -> None:
    """Both images of this working tree."""
    docker("compose", "build", "--quiet", **corpus_dir())


@pytest.fixture(scope="session")
def images(engine: None) -> None:
    build_images()


@pytest.fixture(scope="module")
def backend(images: None) -> Iterator[Container]:
    with running("backend") as container:
        container.wait_until_ready()
        yield container
