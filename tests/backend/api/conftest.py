"""Clients of the application: in the process over an open index, and of a real server process."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.index.reader import IndexReader
from app.settings import Settings
from tests import servers

SETTINGS = Settings(version="1.2.3", commit="abc123", pod_name="pod-7", query_seconds=30)


@pytest.fixture(scope="session")
def app(small_index: IndexReader) -> FastAPI:
    return create_app(SETTINGS, small_index)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client over the small shelf. A fault of the server fails the test, not only the request."""
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="session")
def nltk_client(nltk_index: IndexReader) -> Iterator[TestClient]:
    """A client over the 18 books."""
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
        """The log so far: every line is an object."""
        return [json.loads(line) for line in self._log.read_text(encoding="utf-8").splitlines()]

    def requests(self, request_id: str, count: int = 1) -> list[dict[str, Any]]:
        """The lines of the requests with this id, once there are `count`: they are written after the answers."""
        lines: list[dict[str, Any]] = []
        for _ in range(100):
            lines = [line for line in self.log() if line.get("request_id") == request_id]
            if len(lines) >= count:
                break
            time.sleep(0.05)
        return lines

    def litter(self) -> list[str]:
        """The files that the server has left in its temporary directory."""
        return [path.name for path in self._log.with_name("tmp").iterdir()]

    def end(self, sign: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        return self.process.wait(timeout=30)


Serve = Callable[..., Server]


@pytest.fixture(scope="module")
def serve(small_index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Starts servers, over the small shelf unless told otherwise, and ends them after the module."""
    with ExitStack() as started:

        def start(**settings: str) -> Server:
            return started.enter_context(_serving(tmp_path_factory.mktemp("server"), small_index_dir, settings))

        yield start


@contextmanager
def _serving(folder: Path, index: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    port, log, temporary = servers.free_port(), folder / "log", folder / "tmp"
    temporary.mkdir()
    env = servers.settings(**{"PORT": str(port), "INDEX_DIR": str(index), **settings})
    command = [sys.executable, "-m", "app"]
    path = "/api/readyz" if "PAGE_DIR" in settings else "/readyz"
    with servers.started(command, port, path, {**env, "TMPDIR": str(temporary)}, log) as process:
        yield Server(process, port, log)
        if process.poll() is None:
            process.kill()


@contextmanager
def settings_of(app: FastAPI, **changes: Any) -> Iterator[None]:
    """The application with other settings for a while."""
    before = app.state.settings
    app.state.settings = before.model_copy(update=changes)
    try:
        yield
    finally:
        app.state.settings = before
