"""The application as `make run` starts it, at an address that stays the same when the process is replaced."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "frontend/dist"
_PATIENCE = 60.0


class Server:
    """A process over a ready index. `origin` is its address, which is free until start()."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self, **settings: str) -> None:
        """Returns when it is ready. `settings` are those of the backend, such as version="2.0"."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("GUTENBERG_")}
        asked = {"index_dir": str(self._index), "page_dir": str(PAGE), "port": str(self._port), **settings}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app"],
            cwd=ROOT / "backend",
            env=ours | {f"GUTENBERG_{name.upper()}": value for name, value in asked.items()},
            stdout=subprocess.DEVNULL,
        )
        end = time.monotonic() + _PATIENCE
        while not self._is_ready():
            assert self._process.poll() is None, "the server left, for the reason above"
            assert time.monotonic() < end, f"the server was not ready after {_PATIENCE:g} seconds"
            time.sleep(0.02)

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def _is_ready(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=5)
        try:
            connection.request("GET", "/api/readyz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


@contextmanager
def serving(index: Path, **settings: str) -> Iterator[Server]:
    """A server that runs, until the end of the block."""
    server = Server(index)
    try:
        server.start(**settings)
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
