"""Books prepared on all cores."""

import gc
import os
import signal
from array import array
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, count
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import cast

from app.corpus.book import read
from app.corpus.catalog import Entry
from app.corpus.model import Source
from app.corpus.passages import split
from app.corpus.speeches import blanked, names
from app.index.compounds import hyphenated
from app.index.errors import ProcessLost
from app.index.prepared import Prepared
from app.words import Words

Job = tuple[Source, Entry]
Worker = Connection

# A process takes as long to start as this many characters take to prepare.
_WORTH_A_PROCESS = 500_000


def prepare_all(books: Sequence[Job], processes: int | None = None) -> Generator[tuple[int, Prepared]]:
    """Each book with its place, as they get ready; the largest are begun first. By default on as many processes as
    there are cores, if the books are worth it.

    Raises CorpusError for a book that has no words, and ProcessLost."""
    processes = processes or _worthwhile(books)
    if processes == 1:
        yield from ((place, prepare(*book)) for place, book in enumerate(books))
        return
    with _workers(processes) as idle:
        try:
            yield from _shared_among(idle, books)
        except (EOFError, ConnectionError) as error:
            raise ProcessLost from error


@contextmanager
def _workers(count: int) -> Iterator[list[Worker]]:
    """So many processes, which end with the block, whatever they are at.

    Each has a pipe of its own: in one that they share, half of the book of a process that was killed would be waited
    for without end, as concurrent.futures does.
    """
    # Neither threads nor locks of this process come along, as they do when it is forked.
    context = get_context("spawn")
    processes, ours = [], []
    try:
        for _ in range(count):
            own, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            processes.append(process)
            ours.append(own)
        yield ours
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _shared_among(idle: list[Worker], books: Sequence[Job]) -> Generator[tuple[int, Prepared]]:
    smallest_first = sorted(range(len(books)), key=lambda place: len(books[place][0].raw))
    busy: dict[Worker, int] = {}
    while smallest_first or busy:
        while idle and smallest_first:
            worker, place = idle.pop(), smallest_first.pop()
            worker.send(books[place])
            busy[worker] = place
        for worker in cast(list[Worker], wait(list(busy))):
            place, answer = busy.pop(worker), worker.recv()
            idle.append(worker)
            if isinstance(answer, Exception):
                raise answer
            yield place, answer


def _work(jobs: Worker) -> None:
    """In each process, until there are no more jobs. Ctrl-C is for the parent to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    with suppress(EOFError, ConnectionError):  # the parent has ended
        while True:
            jobs.send(_answer(jobs.recv()))


def _answer(job: Job) -> Prepared | Exception:
    try:
        return prepare(*job)
    except Exception as error:  # for the parent to raise
        return error


def prepare(source: Source, entry: Entry) -> Prepared:
    """Raises CorpusError for a book that has no words."""
    book, text = read(source, entry)
    speakers = names(text, book.form)
    spoken = Words(blanked(text, speakers) if speakers else text)
    places: defaultdict[str, int] = defaultdict(count().__next__)
    passages, tokens = [], array("I")
    sections = (split(text, spoken, i, section, book.form) for i, section in enumerate(book.sections))
    for passage, words in chain.from_iterable(sections):
        passages.append(passage)
        tokens.extend(map(places.__getitem__, words))
    counted = Counter(tokens)
    counts = [counted[place] for place in range(len(places))]
    pairs = frozenset(hyphenated(spoken.text))
    return Prepared(book, text, passages, list(places), counts, tokens, speakers, pairs)


def _worthwhile(books: Sequence[Job]) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, len(books), sum(len(source.raw) for source, _ in books) // _WORTH_A_PROCESS))
