"""Serves the application with uvicorn."""

import gc
import sys
from contextlib import closing

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.api.app import create_app
from app.index.reader import IndexReader
from app.page import with_page
from app.settings import Settings
from app.shutdown import Server

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
