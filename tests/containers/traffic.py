"""Requests that arrive independently of the answers to earlier ones, as from very many people."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice

# Nobody waits longer. A file may take some twenty seconds.
PATIENCE = 30.0

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, and from which client the proxy in front is to say that it comes."""

    path: str
    client: str
    costly: bool = False

    def __bytes__(self) -> bytes:
        return f"GET {self.path} HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: {self.client}\r\n\r\n".encode()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status (0: no answer), and the seconds from the moment when the request was due."""

    ask: Ask
    status: int
    seconds: float


@dataclass
class Connections:
    """Connections to one port of this machine, kept between requests."""

    port: int
    idle: list[Stream] = field(default_factory=list)

    async def send(self, ask: Ask, due: float) -> Outcome:
        try:
            async with asyncio.timeout(PATIENCE), self._stream() as stream:
                status = await exchange(stream, bytes(ask))
        except (OSError, EOFError, TimeoutError):
            status = 0
        return Outcome(ask, status, time.monotonic() - due)

    @asynccontextmanager
    async def _stream(self) -> AsyncIterator[Stream]:
        """A connection that is still open; it is kept when the exchange ends well."""
        while self.idle and self.idle[-1][0].at_eof():
            self.idle.pop()[1].close()
        stream = self.idle.pop() if self.idle else await asyncio.open_connection("127.0.0.1", self.port)
        try:
            yield stream
        except BaseException:
            stream[1].close()
            raise
        self.idle.append(stream)

    def close(self) -> None:
        for _, writer in self.idle:
            writer.close()


async def exchange(stream: Stream, request: bytes) -> int:
    """The status of the answer, whose body is read to its end and forgotten."""
    reader, writer = stream
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b"\r\ntransfer-encoding: chunked" in head:
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    elif length := head.partition(b"\r\ncontent-length: ")[2]:
        await reader.readexactly(int(length.partition(b"\r\n")[0]))
    return int(head.split(maxsplit=2)[1])


async def offer(port: int, asks: Iterator[Ask], per_second: float, seconds: float) -> list[Outcome]:
    """Send requests at this rate for so long; all their outcomes."""
    connections, began = Connections(port), time.monotonic()
    sent: list[Awaitable[Outcome]] = []
    for number, ask in enumerate(islice(asks, round(per_second * seconds))):
        due = began + number / per_second
        await asyncio.sleep(due - time.monotonic())
        sent.append(asyncio.create_task(connections.send(ask, due)))
    outcomes = await asyncio.gather(*sent)
    connections.close()
    return list(outcomes)


async def demand(port: int, asks: Iterable[Ask], concurrency: int, seconds: float) -> list[Outcome]:
    """Have so many requests under way for so long, which is as much as is answered; all their outcomes."""
    connections, began = Connections(port), time.monotonic()
    rest, outcomes = iter(asks), list[Outcome]()

    async def work() -> None:
        while (now := time.monotonic()) < began + seconds:
            outcomes.append(await connections.send(next(rest), now))

    await asyncio.gather(*(work() for _ in range(concurrency)))
    connections.close()
    return outcomes
