"""A time limit that a query looks at in every loop."""

from collections.abc import Iterable, Iterator
from math import inf
from time import monotonic
from typing import TypeVar

from app.errors import ClientGone, QueryTimeout

One = TypeVar("One")


class Deadline:
    """`started` is when the request came, on the clock of time.monotonic: the time that it waited counts too."""

    def __init__(self, seconds: float, started: float | None = None) -> None:
        self._started = monotonic() if started is None else started
        self._is_abandoned = False
        self.extend(seconds)

    def extend(self, seconds: float) -> None:
        """So many seconds from the start instead."""
        self._seconds, self._end = seconds, self._started + seconds

    def abandon(self) -> None:
        """Nobody waits for the answer any more. May be called from another thread."""
        self._is_abandoned = True

    def each(self, things: Iterable[One]) -> Iterator[One]:
        """The things one by one, as long as there is time."""
        for one in things:
            self.check()
            yield one

    def check(self) -> None:
        """Raise QueryTimeout when the time is over, ClientGone when nobody waits."""
        if self._is_abandoned:
            raise ClientGone
        if monotonic() > self._end:
            raise QueryTimeout(f"It was stopped after {self._seconds:g} seconds. Use rarer words or fewer books.")


UNLIMITED = Deadline(inf)
"""For callers that wait as long as it takes."""
