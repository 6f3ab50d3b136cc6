"""The application as `make run` starts it, at an address that stays the same when the process is replaced."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bootstrap.processes import ROOT
from tests import servers

PAGE = ROOT / "frontend/dist"


class Server:
    """A process over a ready index. `origin` is its address, which is free until start()."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._port = servers.free_port()
        self._process = ExitStack()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self, **settings: str) -> None:
        """Starts the server, and returns when it is ready. `settings` are those of the backend, such as
        version="2.0"."""
        ours = {"index_dir": str(self._index), "page_dir": str(PAGE), "port": str(self._port), **settings}
        command = [sys.executable, "-m", "app"]
        started = servers.started(command, self._port, "/api/readyz", servers.settings(**ours))
        self._process.enter_context(started)

    def stop(self) -> None:
        self._process.close()


@contextmanager
def serving(index: Path, **settings: str) -> Iterator[Server]:
    """A server that runs, until the end of the block."""
    server = Server(index)
    try:
        server.start(**settings)
        yield server
    finally:
        server.stop()
