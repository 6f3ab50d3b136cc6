"""A time limit that a query looks at between its steps."""

from time import monotonic

from app.errors import QueryTimeout


class Deadline:
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = monotonic() + seconds

    def check(self) -> None:
        """Raise QueryTimeout when the time is over."""
        if monotonic() > self._end:
            raise QueryTimeout(f"It was stopped after {self._seconds:g} seconds. Use rarer words or fewer books.")
