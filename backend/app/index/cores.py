"""Runs calls on all cores."""

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar, cast

from app.index.errors import ProcessLost

Result = TypeVar("Result")
Worker = Connection

# Not forked from this process, so that none of its threads and locks is copied, but from one that has done nothing but
# import what they need. Other systems than Linux do not fork well.
if sys.platform == "linux":
    _context = get_context("forkserver")
    _context.set_forkserver_preload(["app.index.segment_writer"])
else:
    _context = get_context("spawn")


class Cores:
    """Processes for calls that take long. Without processes, calls run here."""

    def __init__(self, processes: int) -> None:
        self._processes = processes if processes > 1 else 0
        self._started: list[BaseProcess] = []
        self._idle: list[Worker] = []

    def renew(self) -> None:
        """Starts new processes in the place of those that there are: what these have freed lies between what they still
        use, and cannot all be returned to the system."""
        self.end()
        for _ in range(self._processes):
            own, theirs = _context.Pipe()
            process = _context.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self._started.append(process)
            self._idle.append(own)

    def end(self) -> None:
        """Ends the processes, whatever they are doing."""
        for process in self._started:
            process.terminate()
            process.join()
        self._started.clear()
        self._idle.clear()

    def each(self, calls: Sequence[Callable[[], Result]]) -> Generator[tuple[int, Result]]:
        """The result of each call with its index, as soon as it is ready; calls start in order.

        Raises what a call raises, and ProcessLost.
        """
        if not self._idle:
            yield from ((position, call()) for position, call in enumerate(calls))
        waiting = list(enumerate(calls))[::-1] if self._idle else []
        busy: dict[Worker, int] = {}
        while waiting or busy:
            while self._idle and waiting:
                worker, (position, call) = self._idle.pop(), waiting.pop()
                _send(worker, call)
                busy[worker] = position
            for worker in cast(list[Worker], wait(list(busy))):
                position, answer = busy.pop(worker), _answer(worker)
                self._idle.append(worker)
                yield position, answer


@contextmanager
def cores(processes: int) -> Iterator[Cores]:
    """Starts this many processes; none for one, since this process is one. They end with the block, whatever they are
    doing.

    Each has a pipe of its own. If they shared one, as in concurrent.futures, a process that is killed while it answers
    would be waited for forever.
    """
    many = Cores(processes)
    try:
        many.renew()
        yield many
    finally:
        many.end()


def expect() -> None:
    """Lets processes start sooner later on: what they need is imported meanwhile, by another core."""
    if sys.platform == "linux" and available() > 1:
        from multiprocessing import forkserver

        forkserver.ensure_running()


def available() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def return_memory() -> None:
    """Returns to the system what is no longer used. The C library would keep it: after many calls, as much as all of
    them together."""
    gc.collect()
    if sys.platform == "linux":
        with suppress(AttributeError):  # only the GNU library needs it and has it
            ctypes.CDLL(None).malloc_trim(0)


def _send(worker: Worker, call: Callable[[], Any]) -> None:
    try:
        worker.send(call)
    except ConnectionError as error:
        raise ProcessLost from error


def _answer(worker: Worker) -> Any:
    try:
        answer = worker.recv()
    except (EOFError, ConnectionError) as error:
        raise ProcessLost from error
    if isinstance(answer, Exception):
        raise answer
    return answer


def _work(calls: Worker) -> None:
    """Runs in each process until there are no more calls. Ctrl-C is left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    with suppress(EOFError, ConnectionError):  # the parent has exited
        while True:
            calls.send(_called(calls.recv()))
            return_memory()


def _called(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Exception as error:  # raised by the parent
        return error
