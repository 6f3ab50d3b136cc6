"""Serves the built page at /, the API at /api and its description at /api/docs on one port, to run without nginx."""

import re
from pathlib import Path

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# A path with an extension is a file, never a view of the page.
_FILE = re.compile(r"\.[a-z][a-z0-9]*$")
_HASHED = "public, max-age=31536000, immutable"


def with_page(api: FastAPI, page_dir: Path) -> Starlette:
    """The API at /api, as nginx has it, and the page everywhere else."""

    async def documentation(request: Request) -> Response:
        return FileResponse(page_dir / "api-docs.html", headers={"Cache-Control": "no-cache"})

    page = _Page(directory=page_dir, html=True)
    routes = [Route("/api/docs", documentation), Mount("/api", api), Mount("/", page)]
    return Starlette(routes=routes, middleware=[Middleware(_Secure)])


class _Page(StaticFiles):
    """Files of the build; any other path is a view of the page, and gets index.html."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or _FILE.search(path):
                raise
            response = await super().get_response("index.html", scope)
        response.headers["Cache-Control"] = _HASHED if path.startswith("assets/") else "no-cache"
        return response


class _Secure:
    """Adds the security headers that nginx adds in a container."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._headers]
            await send(message)

        await self._app(scope, receive, secured)
