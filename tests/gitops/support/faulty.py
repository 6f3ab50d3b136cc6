"""A real HTTP server that plays a registry which works, except where a test says otherwise."""

import base64
import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.gitops.support.registry import INDEX, REVISION, digest
from tests.servers import listening

Answer = Callable[["Handler"], None]


@dataclass
class FaultyRegistry:
    """Holds one image, of `commit`, in every repository. `faults` are used up one per request, then all is well."""

    commit: str = "a" * 40
    faults: deque[Answer] = field(default_factory=deque)
    always: Answer | None = None
    user: str | None = None
    """The user who must log in, with the password "secret"; None lets anybody read."""
    refused: str | None = None
    """Part of an address that nobody may read, not even after logging in."""
    scheme: str = "Bearer"
    tags_per_page: int = 1000
    more_tags: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def manifest(self) -> bytes:
        platforms = [{"os": "linux", "architecture": name} for name in ("amd64", "arm64")]
        children = [{"digest": f"sha256:{number:064x}", "platform": p} for number, p in enumerate(platforms)]
        return json.dumps({"mediaType": INDEX, "manifests": children, "annotations": {REVISION: self.commit}}).encode()

    @property
    def tags(self) -> list[str]:
        return [*self.more_tags, f"sha-{self.commit}"]


class Handler(BaseHTTPRequestHandler):
    server: "Server"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        registry, url = self.server.registry, urlsplit(self.path)
        registry.requests.append(f"{self.command} {self.path}")
        if registry.faults:
            return registry.faults.popleft()(self)
        if registry.always:
            return registry.always(self)
        if registry.refused and registry.refused in url.path:
            return self.answer(403, b'{"errors": [{"code": "DENIED", "message": "no"}]}')
        if url.path == "/token":
            return self._token()
        if registry.user and not self._may_read():
            return self._challenge()
        if url.path.endswith("/tags/list"):
            return self._tags(parse_qs(url.query).get("last", [""])[0])
        return self.answer(200, registry.manifest, {"Docker-Content-Digest": digest(registry.manifest)})

    do_HEAD = do_GET  # noqa: N815

    def answer(self, status: int, body: bytes = b"{}", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def _tags(self, last: str) -> None:
        tags, size = self.server.registry.tags, self.server.registry.tags_per_page
        begin = tags.index(last) + 1 if last else 0
        page = tags[begin : begin + size]
        headers = {"Link": f'</v2/x/y/tags/list?last={page[-1]}>; rel="next"'} if begin + size < len(tags) else {}
        self.answer(200, json.dumps({"tags": page}).encode(), headers)

    def _token(self) -> None:
        if self.headers.get("Authorization") != f"Basic {self._secret}":
            return self.answer(401, b'{"errors": [{"code": "UNAUTHORIZED", "message": "wrong password"}]}')
        scope = parse_qs(urlsplit(self.path).query)["scope"][0]
        return self.answer(200, json.dumps({"token": f"for {scope}"}).encode())

    def _may_read(self) -> bool:
        repository = "/".join(self.path.split("/")[2:4])
        expected = {"Bearer": f"Bearer for repository:{repository}:pull", "Basic": f"Basic {self._secret}"}
        return self.headers.get("Authorization") == expected[self.server.registry.scheme]

    def _challenge(self) -> None:
        registry = self.server.registry
        realm = f'realm="http://{registry.host}/token",service="test"'
        self.answer(401, b'{"errors": [{"code": "UNAUTHORIZED"}]}', {"WWW-Authenticate": f"{registry.scheme} {realm}"})

    @property
    def _secret(self) -> str:
        return base64.b64encode(f"{self.server.registry.user}:secret".encode()).decode()

    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    registry: FaultyRegistry

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what some tests are about."""


@contextmanager
def running(registry: FaultyRegistry) -> Iterator[FaultyRegistry]:
    server = Server(("127.0.0.1", 0), Handler)
    server.registry, registry.port = registry, server.server_port
    with listening(server):
        yield registry
