"""A time limit for all calls of a kind that a command makes: if each has its own, a thousand take hours."""

import time


class Deadline:
    """Seconds for all of it together. They run from the first time that anybody asks whether they have passed."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end: float | None = None

    @property
    def has_passed(self) -> bool:
        now = time.monotonic()
        if self._end is None:
            self._end = now + self.seconds
        return now >= self._end
