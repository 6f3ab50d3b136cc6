"""Answers that browsers and proxies may keep: they change only with the corpus or the program."""

from collections.abc import Callable
from hashlib import blake2s

import orjson
from fastapi import Request, Response

from app.api.models import Model
from app.settings import Settings


def cached(request: Request, answer: Callable[[], Model | Response]) -> Response:
    """The answer with an ETag, or 304 when the client has it already: then it is not even computed.

    The ETag depends on the corpus, the version and commit of the program, the path, and the query in canonical order.
    """
    headers = {"ETag": _etag(request), "Cache-Control": _cache_control(request), "Vary": "Accept-Encoding"}
    if headers["ETag"] in _known(request):
        return Response(status_code=304, headers=headers)
    found = answer()
    if isinstance(found, Response):
        found.headers.update(headers)
        return found
    # As it is: FastAPI would first validate it.
    return Response(orjson.dumps(found), headers=headers, media_type="application/json")


def _etag(request: Request) -> str:
    settings: Settings = request.app.state.settings
    # By name alone: the order of a parameter that is repeated may matter.
    query = sorted(request.scope["query_string"].split(b"&"), key=lambda pair: pair.partition(b"=")[0])
    corpus = request.app.state.index.manifest.corpus
    parts = (corpus, settings.version, settings.commit, request.scope["path"], query)
    return f'"{blake2s(repr(parts).encode(), digest_size=12).hexdigest()}"'


def _known(request: Request) -> list[str]:
    """The validators that the client sent; a weak one (W/) is as good for a GET."""
    sent = request.headers.get("if-none-match", "")
    return [tag.strip().removeprefix("W/") for tag in sent.split(",")]


def _cache_control(request: Request) -> str:
    seconds = request.app.state.settings.cache_seconds
    return f"public, max-age={seconds}, stale-while-revalidate={10 * seconds}"
