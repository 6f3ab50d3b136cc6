"""uvicorn with a shutdown that loses no request: readiness fails first, then the process ends."""

import asyncio
import gc
import sys
from contextlib import closing
from types import FrameType

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.api.app import create_app
from app.api.middleware import Lifecycle
from app.index.reader import IndexReader
from app.page import with_page
from app.settings import Settings

# uvicorn refuses longer URLs in plain text, before the application sees them.
_MAX_URL = 65_000


def serve(settings: Settings) -> None:
    """Answers requests until SIGTERM or SIGINT. Raises IndexRefused before it listens."""
    with closing(IndexReader.open(settings.index_dir)) as index:
        api = create_app(settings, index)
        config = uvicorn.Config(
            with_page(api, settings.page_dir) if settings.page_dir else api,
            host=settings.host,
            port=settings.port,
            access_log=False,
            log_config=None,
            server_header=False,
            http=Protocol,
            # The API has no WebSockets, and support for them takes memory.
            ws="none",
            timeout_graceful_shutdown=int(settings.shutdown_seconds),
        )
        # How long a computing thread may keep the event loop waiting: a tenth of the default.
        sys.setswitchinterval(0.0005)
        # The index stays to the end: scanning it for garbage again and again would pause requests.
        gc.freeze()
        Server(config, api.state.lifecycle, settings.drain_seconds).run()


class Protocol(HttpToolsProtocol):
    """Cuts a very long URL, so that the application can refuse it with a problem."""

    def on_url(self, url: bytes) -> None:
        super().on_url(url[: _MAX_URL - len(self.url)])


class Server(uvicorn.Server):
    """After the first SIGTERM, readiness fails and requests are served for `drain_seconds`. A second one ends that, and
    a third does not wait for requests in flight."""

    def __init__(self, config: uvicorn.Config, lifecycle: Lifecycle, drain_seconds: float) -> None:
        super().__init__(config)
        self._lifecycle = lifecycle
        self._drain_seconds = drain_seconds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # uvicorn's own handler would raise the signal again at the end: the process would be killed by it instead of
        # exiting.
        if self.started and not self._lifecycle.draining:
            self._lifecycle.draining = True
            asyncio.get_running_loop().call_later(self._drain_seconds, self._leave)
        elif not self.should_exit:
            self._leave()
        else:
            self.force_exit = True

    def _leave(self) -> None:
        self.should_exit = True
