"""Answers that browsers and proxies may cache: they change only with the corpus or the program."""

from collections.abc import Callable, Mapping
from hashlib import blake2s

import orjson
from fastapi import Request, Response

from app.api.admission import compute
from app.index.reader import IndexReader
from app.models.base import Model
from app.search.request import Deadline
from app.settings import Settings


async def cached(request: Request, cost: int, answer: Callable[[Deadline], Model]) -> Response:
    """The answer with an ETag; 304, without computing it, when the client has it already."""
    headers = validators(request)
    if is_known(request, headers):
        return not_modified(headers)
    # Written directly, because FastAPI would validate it first.
    body = await compute(request, cost, lambda deadline: orjson.dumps(answer(deadline)))
    return Response(body, headers=headers, media_type="application/json")


def validators(request: Request) -> dict[str, str]:
    """Headers with an ETag of the corpus, the version and commit of the program, the path, and the query with its
    parameters sorted."""
    return {"ETag": _etag(request), "Cache-Control": _cache_control(request), "Vary": "Accept-Encoding"}


def is_known(request: Request, headers: Mapping[str, str]) -> bool:
    """Whether the client has the answer with this ETag. For GET, a weak ETag (W/) counts too."""
    for name, sent in request.scope["headers"]:  # avoids the object that Starlette makes of all headers
        if name == b"if-none-match":
            known = (tag.strip().removeprefix("W/") for tag in sent.decode("latin-1").split(","))
            return headers["ETag"] in known
    return False


def not_modified(headers: Mapping[str, str]) -> Response:
    return Response(status_code=304, headers=headers)


def edition(settings: Settings, index: IndexReader | None) -> bytes:
    """What answers depend on besides the request: the corpus and the program."""
    corpus = index.manifest.corpus if index else ""
    return f"{corpus}\n{settings.version}\n{settings.commit}\n".encode()


def _etag(request: Request) -> str:
    pairs: list[bytes] = request.scope["query_string"].split(b"&")
    # Sorted by name only: the order of a repeated parameter may matter.
    pairs.sort(key=lambda pair: pair.partition(b"=")[0])
    asked = request.app.state.edition + b"&".join(pairs) + b"\n" + request.scope["path"].encode()
    return f'"{blake2s(asked, digest_size=12).hexdigest()}"'


def _cache_control(request: Request) -> str:
    seconds = request.app.state.settings.cache_seconds
    return f"public, max-age={seconds}, stale-while-revalidate={10 * seconds}"
