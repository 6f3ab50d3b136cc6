"""What happens around every request: it gets an ID, a line in the log and metrics, and its size is limited."""

import logging
import re
import time
from dataclasses import dataclass
from uuid import uuid4

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import metrics
from app.api.problems import problem
from app.errors import InternalError, QueryStringTooLong

MAX_QUERY_STRING = 8192
_SHOWN = 40
_MISTAKE = "The server made a mistake. Its log has the details under the X-Request-ID of this response."

_log = logging.getLogger("app.access")
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")


@dataclass(slots=True)
class Lifecycle:
    """Whether the process should still get requests. Draining starts with SIGTERM: readiness fails and connections are
    closed after each answer, but requests are still answered."""

    draining: bool = False


class Observe:
    """Gives each request an ID, a line in the log and metrics. It is plain ASGI, because Starlette's BaseHTTPMiddleware
    costs more than many a search."""

    def __init__(self, app: ASGIApp, lifecycle: Lifecycle) -> None:
        self._app = app
        self._lifecycle = lifecycle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        request_id = _request_id(scope)
        scope.setdefault("state", {}).update(request_id=request_id.decode(), arrived=started)
        status = 500
        # FastAPI's routes do not handle HEAD. The server drops the body, because it sees the original method.
        asked = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope

        async def observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id), *self._closing()]
            await send(message)

        metrics.in_flight.inc()
        try:
            await self._answer(asked, receive, observed)
        except Exception:
            _log.exception("the request failed", extra={"request_id": request_id.decode()})
            await problem(InternalError(_MISTAKE))(scope, receive, observed)
        finally:
            metrics.in_flight.dec()
            _record(scope["method"], asked, status, time.monotonic() - started, request_id.decode())

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if len(scope["query_string"]) > MAX_QUERY_STRING:
            await _too_long(scope["query_string"])(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _closing(self) -> list[tuple[bytes, bytes]]:
        # A client that kept its connection would send its next request into one that is being closed.
        return [(b"connection", b"close")] if self._lifecycle.draining else []


def _too_long(query: bytes) -> Response:
    """A problem that names the longest parameter, which is the one to shorten."""
    name = max(query.split(b"&"), key=len).partition(b"=")[0].decode("latin-1")
    return problem(
        QueryStringTooLong(
            f"The query string has more than {MAX_QUERY_STRING} bytes.",
            parameter=name[:_SHOWN],
            allowed=f"at most {MAX_QUERY_STRING} bytes in all",
        )
    )


def _request_id(scope: Scope) -> bytes:
    """The client's X-Request-ID if it is well-formed, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return bytes(value)
    return uuid4().hex.encode()


def _record(method: str, scope: Scope, status: int, seconds: float, request_id: str) -> None:
    # The route's template, not the path: one label per path would fill the memory.
    route = getattr(scope.get("route"), "path", "unmatched")
    metrics.requests.labels(route, method, status).inc()
    metrics.seconds.labels(route).observe(seconds)
    _log.info(
        "%s %s",
        method,
        scope["path"],
        extra={
            "method": method,
            "path": scope["path"],
            "query": scope["query_string"].decode("latin-1")[:512],
            "status": status,
            "ms": round(1000 * seconds, 2),
            "request_id": request_id,
        },
    )
