"""A small HTTP client over connections that are kept, as browsers and nginx keep them."""

import http.client
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 is no answer at all, for the reason in the body."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def get(port: int, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
    """One request over a connection of its own."""
    with closing(connect(port)) as connection:
        return ask(connection, path, headers, method)


def connect(port: int, host: str = "127.0.0.1") -> http.client.HTTPConnection:
    return http.client.HTTPConnection(host, port, timeout=10)


def ask(
    connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> Answer:
    """One request over this connection, which is opened again when it was closed after the request before."""
    try:
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return Answer(0, http.client.HTTPMessage(), repr(error).encode())
