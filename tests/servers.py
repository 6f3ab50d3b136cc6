"""Servers that tests and measurements start: each on its own port, ready once started, and ended with its block."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.server import HTTPServer
from pathlib import Path

from bootstrap.processes import ROOT


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
    port, command = free_port(), [*prefix, sys.executable, "-m", *module]
    began = time.perf_counter()
    with started(command, port, "/readyz", settings(index_dir=str(index), port=str(port))) as process:
        yield Server(process.pid, port, time.perf_counter() - began)


@contextmanager
def started(
    command: Sequence[str | Path],
    port: int,
    path: str,
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
    *,
    patience: float = 60,
) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that answers on the port, from when the path gets 200 until the block ends.

    Its output goes to the log; without one, nowhere, but errors to those of this process.
    """
    with Path(log or os.devnull).open("wb") as output:
        process = subprocess.Popen(command, env=env, stdout=output, stderr=output if log else None)
    try:
        _wait(process, port, path, patience, log)
        yield process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def listening(server: HTTPServer) -> Iterator[str]:
    """The address of a server in a thread of this process, which serves until the block ends."""
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def environment() -> dict[str, str]:
    """That of this process, in which the backend's, the tests' and the scripts' modules are found."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / folder) for folder in ("backend", "", "scripts"))}


def settings(**values: str) -> dict[str, str]:
    """An environment with these settings of the backend, such as version="2.0", and no other ones."""
    others = {name: value for name, value in environment().items() if not name.startswith("GUTENBERG_")}
    return others | {f"GUTENBERG_{name.upper()}": value for name, value in values.items()}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str, patience: float, log: Path | None) -> None:
    end = time.monotonic() + patience
    while not _is_ready(port, path):
        said = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log else "the reason is above"
        if process.poll() is not None:
            raise ServerError(f"The server left with status {process.returncode}: {said}")
        if time.monotonic() > end:
            raise ServerError(f"The server was not ready after {patience:g} seconds: {said}")
        time.sleep(0.005)


def _is_ready(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
