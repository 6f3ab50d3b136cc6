"""The application's own server with routes that return constant bodies: python -m tests.bench.constant_server N N"""

import sys
from unittest.mock import patch

from fastapi import FastAPI, Response
from fastapi.routing import APIRoute

from app import logs, server
from app.api.app import create_app
from app.index.reader import IndexReader
from app.settings import Settings


def main() -> None:
    """Serve bodies of N bytes at /constant/N, beside everything else, with the settings of the environment."""
    settings = Settings()
    logs.configure(settings.log_level)
    sizes = [int(size) for size in sys.argv[1:]]

    def with_constants(settings: Settings, index: IndexReader | None) -> FastAPI:
        api = create_app(settings, index)
        # In front, so that they are found at least as fast as any other route.
        api.router.routes[:0] = [_constant(size) for size in sizes]
        return api

    with patch.object(server, "create_app", with_constants):
        server.serve(settings)


def _constant(size: int) -> APIRoute:
    body = b"x" * size

    async def constant() -> Response:
        return Response(body, media_type="application/json")

    return APIRoute(f"/constant/{size}", constant)


if __name__ == "__main__":
    main()
