"""The server as a process of its own, as a person runs it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60.0


class ServerError(Exception):
    """The server could not be started, or answered with an error."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `start` is how many seconds it took to be ready."""

    pid: int
    port: int
    start: float

    def get(self, path: str) -> bytes:
        """The body of an answer; raises ServerError when the status is not 200."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        if response.status != 200:
            raise ServerError(f"{path} was answered with {response.status}: {body[:500].decode()}")
        return body


@contextmanager
def serving(index: Path, module: Sequence[str] = ("app",), prefix: Sequence[str] = ()) -> Iterator[Server]:
    """A module of this Python that serves an index on a free port, until the block ends; its log goes nowhere.

    `prefix` is what comes before the command, such as taskset.
    """
    port = _free_port()
    variables = {"GUTENBERG_INDEX_DIR": str(index), "GUTENBERG_PORT": str(port)}
    command = [*prefix, sys.executable, "-m", *module]
    started = time.perf_counter()
    process = subprocess.Popen(command, env={**environment(), **variables}, stdout=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield Server(process.pid, port, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait()


def environment() -> dict[str, str]:
    """That of this process, in which the backend's and the tests' modules are found."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT / "backend"), str(_ROOT)])}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise ServerError(f"The server left with status {process.returncode}, for the reason above.")
        if _is_ready(port):
            return
        time.sleep(0.005)
    raise ServerError(f"The server was not ready after {_PATIENCE:g} seconds.")


def _is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
