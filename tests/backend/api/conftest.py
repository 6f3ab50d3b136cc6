"""Clients of the application: in the process over an open index, and of a real server process."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.index.reader import IndexReader
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = Settings(version="1.2.3", commit="abc123", pod_name="pod-7", query_seconds=30)


@pytest.fixture(scope="session")
def app(small_index: IndexReader) -> FastAPI:
    return create_app(SETTINGS, small_index)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Over the small shelf. A mistake of the server's own fails the test, not only the request."""
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="session")
def nltk_client(nltk_index: IndexReader) -> Iterator[TestClient]:
    """Over the 18 books."""
    with TestClient(create_app(SETTINGS, nltk_index)) as client:
        yield client


class Server:
    """`python -m app`, as it runs in a container."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process = process
        self.url = f"http://127.0.0.1:{port}"
        self.address = ("127.0.0.1", port)
        self._log = log

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(self.url + path, headers=headers, timeout=20)

    def log(self) -> list[dict[str, Any]]:
        """What it has written so far: every line is an object."""
        return [json.loads(line) for line in self._log.read_text(encoding="utf-8").splitlines()]

    def requests(self, request_id: str, count: int = 1) -> list[dict[str, Any]]:
        """The lines of the requests with this id, once there are so many: they are written after the answers."""
        found: list[dict[str, Any]] = []
        for _ in range(100):
            found = [line for line in self.log() if line.get("request_id") == request_id]
            if len(found) >= count:
                break
            time.sleep(0.05)
        return found

    def litter(self) -> list[str]:
        """What it has left in its temporary directory."""
        return [path.name for path in self._log.with_name("tmp").iterdir()]

    def end(self, sign: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        return self.process.wait(timeout=30)

    def wait_until_ready(self) -> None:
        for _ in range(600):
            assert self.process.poll() is None, self._log.read_text(encoding="utf-8")
            try:
                if self.get("/readyz").is_success or self.get("/api/readyz").is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server does not get ready")


Serve = Callable[..., Server]


@pytest.fixture(scope="module")
def serve(small_index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Starts servers, over the small shelf unless told otherwise, and ends them after the module."""
    started: list[Server] = []

    def start(**variables: str) -> Server:
        server = _start(tmp_path_factory.mktemp("server") / "log", {"INDEX_DIR": str(small_index_dir), **variables})
        started.append(server)
        server.wait_until_ready()
        return server

    yield start
    for server in started:
        if server.process.poll() is None:
            server.end(signal.SIGKILL)


def _start(log: Path, settings: dict[str, str]) -> Server:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GUTENBERG_")}
    variables = {f"GUTENBERG_{name}": value for name, value in {"PORT": str(port), **settings}.items()}
    temporary = log.with_name("tmp")
    temporary.mkdir()
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "app"],
            env={**ours, **variables, "PYTHONPATH": str(ROOT / "backend"), "TMPDIR": str(temporary)},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    return Server(process, port, log)


@contextmanager
def settings_of(app: FastAPI, **changes: Any) -> Iterator[None]:
    """The application with other settings for a while."""
    before = app.state.settings
    app.state.settings = before.model_copy(update=changes)
    try:
        yield
    finally:
        app.state.settings = before
