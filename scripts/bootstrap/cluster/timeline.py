"""A log of the steps of a deploy, each with its seconds from the beginning."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bootstrap.processes import CommandError

_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.3, 3


@dataclass
class Timeline:
    """Prints each step when it is done, with the seconds since the beginning and since the step before."""

    began: float = field(default_factory=time.monotonic)
    steps: dict[str, float] = field(default_factory=dict)

    def done(self, text: str) -> None:
        now, before = time.monotonic() - self.began, next(reversed(self.steps.values()), 0.0)
        self.steps[text] = now
        print(f"{now:7.1f} s  +{now - before:5.1f} s  {text}", flush=True)

    def note(self, text: str) -> None:
        """Prints a line that is no step of its own."""
        print(f"{time.monotonic() - self.began:7.1f} s             {text}", flush=True)


def wait(what: str, is_so: Callable[[], bool], seconds: float, why: Callable[[], str] = lambda: "") -> None:
    """Waits until the condition holds. Raises CommandError after these seconds, with what `why` then returns."""
    began = time.monotonic()
    while not is_so():
        waited = time.monotonic() - began
        if waited > seconds:
            raise CommandError(f"Gave up after {seconds:.0f} s waiting for {what}. {why()}".strip())
        # On a busy machine each look takes the processor from what is waited for.
        time.sleep(min(max(_SHORTEST_PAUSE, waited / 10), _LONGEST_PAUSE))
