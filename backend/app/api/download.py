"""Downloads: a file that is sent while it is made, in bounded memory."""

from collections.abc import AsyncIterator, Callable, Generator, Mapping
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import quote

from anyio import move_on_after
from fastapi import Request, Response
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from app.api.admission import Admission, in_thread, in_time, time_limit, watched
from app.api.caching import is_known, not_modified, validators
from app.errors import RequestError
from app.search.request import Deadline

Parts = Generator[str, None, None]
"""The parts of a file. An error that is thrown into it gives a last part, which says why the file ends."""


class File(NamedTuple):
    name: str
    media_type: str
    parts: Parts


def download(request: Request, make: Callable[[Deadline], File]) -> Response:
    """The file; 304 when the client has it already."""
    headers = validators(request)
    return not_modified(headers) if is_known(request, headers) else Download(request, make, headers)


class Download(Response):
    """Makes each part in a thread, which is free while the client reads. An error before the first part is a problem
    like any other; after it, only the file itself can report one."""

    def __init__(self, request: Request, make: Callable[[Deadline], File], headers: Mapping[str, str]) -> None:
        super().__init__(headers=headers)
        self._request, self._make, self._given = request, make, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = self._request.app.state
        admission: Admission = state.admission
        deadline = time_limit(self._request)
        async with admission.downloads.slot():
            begin = in_thread(admission, lambda: in_time(self._begin, deadline))
            file, first = await watched(receive, deadline, begin)
            deadline.extend(state.settings.download_seconds)
            headers = {**self._given, "Content-Disposition": _attachment(file.name)}
            answer = StreamingResponse(body(admission, file.parts, first), headers=headers, media_type=file.media_type)
            # The client may stop reading.
            with move_on_after(state.settings.download_seconds + state.settings.query_seconds):
                await answer(scope, receive, send)

    def _begin(self, deadline: Deadline) -> tuple[File, str]:
        file = self._make(deadline)
        return file, next(file.parts)


def _attachment(name: str) -> str:
    """The value of Content-Disposition, which may hold only ASCII (RFC 6266)."""
    return f'attachment; filename="{name}"' if name.isascii() else f"attachment; filename*=UTF-8''{quote(name)}"


async def body(admission: Admission, parts: Parts, first: str) -> AsyncIterator[str]:
    """The parts of a file, each made once a slot is free. If none is free in time, the last part says so."""
    part = first
    while part:
        yield part
        try:
            part = await in_thread(admission, lambda: next(parts, ""))
        except RequestError as error:
            with suppress(RequestError):  # the part before may already say why the file ends
                yield parts.throw(error)
            return
