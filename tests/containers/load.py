"""Load on 127.0.0.1: bounded, from threads that each keep a connection."""

import re
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice, product

from tests.containers.http import Answer, ask, connect

WORDS = re.findall(
    r"\w+",
    """whale sea ship love god king lord night house heart hand eyes death mother brother morning river garden letter
    castle sword money happy gentle strange silent emma elinor alice brown macbeth hamlet caesar israel moses jerusalem
    whalle hamlit""",
)
SHAPES = ("{0} {1}", '"{0} {1}"', "{0} {1}*", "{0} -{1}", "the {0} of {1}", '"the {0}" {1}', "{0}s {1}")


def queries(count: int) -> Iterator[str]:
    """Paths of so many different searches: words, phrases, prefixes, exclusions and spelling mistakes."""
    texts = (shape.format(*pair) for pair in product(WORDS, repeat=2) for shape in SHAPES)
    return (f"/search?q={text.replace(' ', '+').replace(chr(34), '%22')}" for text in islice(texts, count))


@dataclass
class Tally:
    """Answers by status; those that are not 200 are kept. `again` counts requests that were sent once more."""

    statuses: Counter[int] = field(default_factory=Counter)
    again: int = 0
    failures: list[Answer] = field(default_factory=list)

    def add(self, answer: Answer) -> None:
        self.statuses[answer.status] += 1
        if answer.status != 200:
            self.failures.append(answer)


def ask_all(port: int, paths: Iterable[str], concurrency: int, *, patient: bool = False) -> Tally:
    """Asks for every path, with so many requests under way at any time. Who is patient comes again, once, when told to:
    on a busy machine an answer may have to wait for too long.
    """
    tally, lock = Tally(), threading.Lock()
    rest = iter(paths)

    def work() -> None:
        with closing(connect(port)) as connection:
            while path := following():
                answer = ask(connection, path)
                if again := patient and answer.status == 503:
                    time.sleep(int(answer.headers["Retry-After"]))
                    answer = ask(connection, path)
                with lock:
                    tally.again += again
                    tally.add(answer)

    def following() -> str | None:
        with lock:
            return next(rest, None)

    with ThreadPoolExecutor(concurrency) as pool:
        for worker in [pool.submit(work) for _ in range(concurrency)]:
            worker.result()
    return tally


@contextmanager
def steady(
    port: int, path: str, per_second: float, concurrency: int = 8, host: str = "127.0.0.1", *, patient: bool = False
) -> Iterator[Tally]:
    """Sends requests at this rate while the block runs; the tally is complete when it ends. What could not be sent in
    time is not caught up with: a burst would meet the limit of requests.

    Who is patient does what browsers do: a request that met the end of a kept connection is sent once more (RFC 9110,
    section 9.2.2).
    """
    tally, lock, end = Tally(), threading.Lock(), threading.Event()

    def work(number: int) -> None:
        due = time.monotonic() + number / per_second
        with closing(connect(port, host)) as connection:
            while not end.wait(max(0, due - time.monotonic())):
                kept = connection.sock is not None
                answer = ask(connection, path)
                if again := patient and kept and answer.status == 0:
                    answer = ask(connection, path)
                due = max(due + concurrency / per_second, time.monotonic())
                with lock:
                    tally.again += again
                    tally.add(answer)

    with ThreadPoolExecutor(concurrency) as pool:
        workers = [pool.submit(work, number) for number in range(concurrency)]
        try:
            yield tally
        finally:
            end.set()
        for worker in workers:
            worker.result()
