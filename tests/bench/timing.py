"""How long a call takes."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles
from typing import TypeVar

_PASSES = 3
One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles and mean in ms."""

    p50: float
    p99: float
    mean: float


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the clock, and of the processor in this process and in those that it waited for."""

    clock: float
    processor: float

    def per(self, things: int) -> str:
        return f"{1000 * self.processor / things:.1f} ms of the processor, {1000 * self.clock / things:.1f} ms"


def spent(call: Callable[[], object]) -> Spent:
    before = os.times()
    call()
    after = os.times()
    return Spent(after.elapsed - before.elapsed, sum(after[:4]) - sum(before[:4]))


def measure(answer: Callable[[One], object], asked: Sequence[One]) -> Latency:
    """Processor time of the answers, which is that of the clock when nothing else wants the core. The least of
    several passes over all questions counts for each."""
    passes = [[1000 * _seconds(answer, question) for question in asked] for _ in range(_PASSES)]
    times = list(map(min, *passes))
    cuts = quantiles(times, n=100)
    return Latency(cuts[49], cuts[98], fmean(times))


def _seconds(answer: Callable[[One], object], question: One) -> float:
    started = time.process_time()
    answer(question)
    return time.process_time() - started
