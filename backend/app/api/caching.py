"""Answers that browsers and proxies may keep: they change only with the corpus or the program."""

from collections.abc import Callable
from hashlib import blake2s

import orjson
from fastapi import Request, Response

from app.index.reader import IndexReader
from app.models import Model
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


def edition(settings: Settings, index: IndexReader | None) -> bytes:
    """What answers depend on besides the request."""
    corpus = index.manifest.corpus if index else ""
    return f"{corpus}\n{settings.version}\n{settings.commit}\n".encode()


def _etag(request: Request) -> str:
    pairs: list[bytes] = request.scope["query_string"].split(b"&")
    # By name alone: the order of a parameter that is repeated may matter.
    pairs.sort(key=lambda pair: pair.partition(b"=")[0])
    asked = request.app.state.edition + b"&".join(pairs) + b"\n" + request.scope["path"].encode()
    return f'"{blake2s(asked, digest_size=12).hexdigest()}"'


def _known(request: Request) -> list[str]:
    """The validators that the client sent; a weak one (W/) is as good for a GET."""
    for name, sent in request.scope["headers"]:  # without the object that Starlette makes of all headers
        if name == b"if-none-match":
            return [tag.strip().removeprefix("W/") for tag in sent.decode("latin-1").split(",")]
    return []


def _cache_control(request: Request) -> str:
    seconds = request.app.state.settings.cache_seconds
    return f"public, max-age={seconds}, stale-while-revalidate={10 * seconds}"
