"""Admission control: how many answers are computed at a time, with cheap and costly ones apart, and a limit to waiting.

A cheap answer is computed in the event loop, a few of them between two polls of the sockets, so that a probe waits for
those at most. A costly one goes to one of a few threads: more would only share the processor and fill the memory.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

from anyio import CancelScope, CapacityLimiter, WouldBlock, move_on_after, to_thread
from fastapi import Request
from starlette.types import Receive

from app.api import metrics
from app.errors import ClientGone, Overloaded
from app.search.cost import LIGHT
from app.search.request import Deadline
from app.settings import Settings

Answer = TypeVar("Answer")


class Queue:
    """Counts the requests that wait, and refuses one too many."""

    def __init__(self, name: str, settings: Settings) -> None:
        self._most, self._count = settings.queue_length, 0
        self._waiting, self._refused = metrics.waiting.labels(name), metrics.refused.labels(name)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Counts the caller as waiting. Raises Overloaded when too many wait already."""
        if self._count >= self._most:
            raise self.refusal()
        self._count += 1
        self._waiting.set(self._count)
        try:
            yield
        finally:
            self._count -= 1
            self._waiting.set(self._count)

    def refusal(self) -> Overloaded:
        self._refused.inc()
        return Overloaded("More requests wait than can be answered in time. Ask again in a moment.")


class Turns:
    """Turns in the event loop: between two polls of the sockets, as many cheap answers are computed as together cost no
    more than the costliest of them may."""

    def __init__(self, settings: Settings) -> None:
        self._queue, self._spent = Queue("light", settings), 0

    async def next(self, cost: int) -> None:
        """Waits until an answer of this cost may be computed. Raises Overloaded when too many wait."""
        if self._spent > LIGHT:
            with self._queue.waiting():
                while self._spent > LIGHT:
                    await asyncio.sleep(0)
        if not self._spent:
            asyncio.get_running_loop().call_soon(self._begin)
        self._spent += cost + 1

    def _begin(self) -> None:
        self._spent = 0


class Line:
    """A fixed number of slots. Later callers wait in turn, for a limited time, unless too many wait already."""

    def __init__(self, name: str, slots: int, settings: Settings) -> None:
        self._slots, self._seconds = CapacityLimiter(slots), settings.queue_seconds
        self._queue = Queue(name, settings)

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        who = object()
        await self.enter(who)
        try:
            yield
        finally:
            self._slots.release_on_behalf_of(who)

    async def enter(self, who: object) -> None:
        """Takes a slot. Raises Overloaded when none is free in time, or too many wait."""
        try:
            self._slots.acquire_on_behalf_of_nowait(who)
        except WouldBlock:
            with self._queue.waiting(), move_on_after(self._seconds) as waiting:
                await self._slots.acquire_on_behalf_of(who)
            if waiting.cancelled_caught:
                raise self._queue.refusal() from None


class Admission:
    """The queues of one process."""

    def __init__(self, settings: Settings) -> None:
        self.light = Turns(settings)
        self.heavy = Line("heavy", settings.workers, settings)
        self.downloads = Line("downloads", settings.downloads, settings)


def time_limit(request: Request) -> Deadline:
    """The time limit of the request, counted from its arrival, so that waiting counts."""
    return Deadline(request.app.state.settings.query_seconds, request.scope["state"]["arrived"])


async def compute(request: Request, cost: int, work: Callable[[Deadline], Answer]) -> Answer:
    """The result of `work` within the time limit. Raises Overloaded, QueryTimeout or ClientGone."""
    admission: Admission = request.app.state.admission
    deadline = time_limit(request)
    if cost > LIGHT:
        return await watched(request.receive, deadline, in_thread(admission, lambda: in_time(work, deadline)))
    await admission.light.next(cost)
    return in_time(work, deadline)


def in_time(work: Callable[[Deadline], Answer], deadline: Deadline) -> Answer:
    """The result of `work`; raises QueryTimeout if it comes too late."""
    deadline.check()
    answer = work(deadline)
    deadline.check()
    return answer


async def in_thread(admission: Admission, work: Callable[[], Answer]) -> Answer:
    """The result of `work`, which runs in a thread once a slot is free."""
    async with admission.heavy.slot():
        return await to_thread.run_sync(work)


async def watched(receive: Receive, deadline: Deadline, answer: Awaitable[Answer]) -> Answer:
    """The answer. When the client disconnects first, work on it stops."""
    with CancelScope() as scope:
        watching = asyncio.create_task(_watch(receive, deadline, scope))
        try:
            return await answer
        finally:
            watching.cancel()
    raise ClientGone


async def _watch(receive: Receive, deadline: Deadline, scope: CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    deadline.abandon()
    scope.cancel()
