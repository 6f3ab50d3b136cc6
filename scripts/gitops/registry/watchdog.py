"""A deadline for all requests of a command: a time-out of httpx begins anew with every byte."""

import socket
from contextlib import suppress
from threading import Timer
from typing import Any


class Watchdog:
    """Ends every connection when the seconds are over, so that whoever reads or writes gets an error at once.

    It runs from the first connection on. `expired`: the seconds are over.
    """

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._sockets: list[socket.socket] = []
        self._timer = Timer(seconds, self._expire)
        self._timer.daemon = True

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Learns of connections from httpx (https://www.encode.io/httpcore/extensions/#trace)."""
        if event not in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            return
        if not self._sockets:
            self._timer.start()
        self._sockets.append(info["return_value"].get_extra_info("socket"))
        if self.expired:
            self._end()

    def stop(self) -> None:
        self._timer.cancel()

    def _expire(self) -> None:
        self.expired = True
        self._end()

    def _end(self) -> None:
        for watched in self._sockets:
            with suppress(OSError):
                # A TLS socket's own shutdown also drops the state that another thread is using.
                socket.socket.shutdown(watched, socket.SHUT_RDWR)
