"""Both containers within the limits of the manifests, and more requests than they can answer."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, cycle
from statistics import quantiles
from urllib.parse import quote

from tests.containers.engine import Container, network, running
from tests.containers.load import queries
from tests.containers.manifest import Probe, probes
from tests.containers.traffic import Ask, Outcome, demand, exchange, offer

# The engine's own networks are trusted as proxies: the test names the clients for which it asks.
TRUSTED = "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16"
CLIENTS = 500
ONE_IN = 20

# As many words as the prefixes of one query may stand for.
_PREFIXES = "co* re* un*"
_PHRASES = ('"of the"', '"in the"', '"to the"', '"and the"', '"i am"')
COSTLY = (
    "/collocates?q=the&window=5&limit=100",
    "/concordance?q=the&format=csv&width=200",
    f"/search?q={quote(_PREFIXES)}&limit=100&passages=20",
    "/collocates?q=the+and+of&window=5&limit=100",
    "/concordance?q=the&width=200&limit=200&sort=l3&sort=r3",
    "/search?q=the+of+and+to+a+in+that+he&limit=100&passages=20",
    "/compare?" + "&".join(f"term={quote(phrase)}" for phrase in _PHRASES),
    "/concordance?q=and&format=csv&width=200&sort=right",
)
"""The most expensive requests that are known."""


def asks() -> Iterator[Ask]:
    """Requests from many clients, of which one in so many is costly."""
    cheap, costly = cycle(queries(5_000)), cycle(COSTLY)
    for number in count():
        client = f"198.18.{number % CLIENTS // 250}.{number % 250}"
        if number % ONE_IN:
            yield Ask(f"/api{next(cheap)}", client)
        else:
            yield Ask(f"/api{next(costly)}", client, costly=True)


def greedy(path: str) -> Iterator[Ask]:
    """Costly requests only, from one client."""
    return (Ask(f"/api{path}", "203.0.113.66", costly=True) for _ in count())


def people() -> Iterator[Ask]:
    """Cheap requests from many clients."""
    return (ask for ask in asks() if not ask.costly)


@dataclass(frozen=True)
class Service:
    frontend: Container
    backend: Container
    port: int
    probed: tuple[tuple[int, Probe], ...]

    def capacity(self, seconds: float) -> float:
        """Requests that are answered well in a second when 16 are always under way."""
        outcomes = asyncio.run(demand(self.port, asks(), 16, seconds))
        return sum(outcome.status == 200 for outcome in outcomes) / seconds

    def under(self, per_second: float, seconds: float, *others: tuple[Iterator[Ask], float]) -> "Level":
        """What becomes of the usual requests at this rate, besides others at theirs."""
        return asyncio.run(self._under([(asks() if not others else people(), per_second), *others], seconds))

    async def _under(self, streams: list[tuple[Iterator[Ask], float]], seconds: float) -> "Level":
        probing = [asyncio.create_task(_failures(port, probe, seconds)) for port, probe in self.probed]
        offered = [asyncio.create_task(offer(self.port, stream, rate, seconds)) for stream, rate in streams]
        await asyncio.sleep(seconds)
        recovered = await self._recovery()
        outcomes = [outcome for stream in await asyncio.gather(*offered) for outcome in stream]
        failures = [line for probed in await asyncio.gather(*probing) for line in probed]
        return Level(sum(rate for _, rate in streams), seconds, outcomes, failures, recovered)

    async def _recovery(self) -> float:
        """Seconds until ten cheap requests, one after the other, are each answered well within half a second."""
        began = since = time.monotonic()
        well, some = 0, people()
        while well < 10 and time.monotonic() < began + 60:
            [outcome] = await offer(self.port, some, 1, 1)
            well = well + 1 if outcome.status == 200 and outcome.seconds <= 0.5 else 0
            since = since if well else time.monotonic()
        return since - began


@dataclass(frozen=True)
class Level:
    """What became of the requests of one load, the probes that failed meanwhile, and the seconds that it took after its
    last request until cheap ones were answered as if nothing had been."""

    offered: float
    seconds: float
    outcomes: list[Outcome]
    failed_probes: list[str]
    recovered: float

    @property
    def goodput(self) -> float:
        """Requests that were answered well, per second."""
        return sum(outcome.status == 200 for outcome in self.outcomes) / self.seconds

    @property
    def statuses(self) -> Counter[int]:
        return Counter(outcome.status for outcome in self.outcomes)

    @property
    def p99(self) -> float:
        """The 99th percentile of the times of cheap requests that were answered well, in seconds."""
        times = [outcome.seconds for outcome in self.outcomes if outcome.status == 200 and not outcome.ask.costly]
        return quantiles(times, n=100)[-1] if len(times) > 1 else float("inf")

    def share(self, *, costly: bool) -> float:
        """The share of the costly, or of the cheap, requests that were answered well, from 0 to 1."""
        those = [outcome.status == 200 for outcome in self.outcomes if outcome.ask.costly is costly]
        return sum(those) / len(those) if those else 1.0


@contextmanager
def service() -> Iterator[Service]:
    """nginx and the backend, as they are shipped."""
    with network() as net, running("backend", "--network", net, "--network-alias", "backend") as backend:
        backend.wait_until_ready()
        with running("frontend", "--network", net, TRUSTED_PROXIES=TRUSTED) as frontend:
            frontend.wait_for("/api/search?q=whale", 200)
            probed = tuple((one.port, probe) for one in (backend, frontend) for probe in probes(one.component))
            yield Service(frontend, backend, frontend.port, probed)


async def _failures(port: int, probe: Probe, seconds: float) -> list[str]:
    """Probes as the kubelet does, with a new connection each time; returns a line for each probe that fails."""
    began, failed = time.monotonic(), []
    for number in range(int(seconds / probe.period) + 1):
        await asyncio.sleep(began + number * probe.period - time.monotonic())
        why = await _asked(port, probe)
        if why:
            failed.append(f"{probe.path} on {port} after {number * probe.period:g} s: {why}")
    return failed


async def _asked(port: int, probe: Probe) -> str:
    try:
        async with asyncio.timeout(probe.timeout):
            stream = await asyncio.open_connection("127.0.0.1", port)
            try:
                status = await exchange(stream, f"GET {probe.path} HTTP/1.1\r\nHost: kubelet\r\n\r\n".encode())
            finally:
                stream[1].close()
    except TimeoutError:
        return f"no answer in {probe.timeout:g} s"
    except (OSError, EOFError) as error:
        return repr(error)
    return "" if status == 200 else f"status {status}"
