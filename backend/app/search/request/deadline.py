"""A time limit, which every loop of a query checks."""

from collections.abc import Iterable, Iterator
from math import inf
from time import monotonic
from typing import TypeVar

from app.errors import ClientGone, QueryTimeout

One = TypeVar("One")


class Deadline:
    """A time limit in seconds. `started` is when the request arrived, by time.monotonic: the time that it waited
    counts."""

    def __init__(self, seconds: float, started: float | None = None) -> None:
        self._started = monotonic() if started is None else started
        self._is_abandoned = False
        self.extend(seconds)

    def extend(self, seconds: float) -> None:
        """Sets another limit, counted from the same start."""
        self._seconds, self._end = seconds, self._started + seconds

    def abandon(self) -> None:
        """Says that nobody waits for the answer any more. May be called from another thread."""
        self._is_abandoned = True

    def each(self, things: Iterable[One]) -> Iterator[One]:
        """The things one by one. Raises as `check` does."""
        for thing in things:
            self.check()
            yield thing

    def check(self) -> None:
        """Raises QueryTimeout when the time is up, ClientGone when nobody waits any more."""
        if self._is_abandoned:
            raise ClientGone
        if monotonic() > self._end:
            raise QueryTimeout(f"It was stopped after {self._seconds:g} seconds. Use rarer words or fewer books.")


UNLIMITED = Deadline(inf)
"""For callers that wait as long as it takes."""
