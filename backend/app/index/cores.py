"""Books prepared on all cores."""

import gc
import os
import signal
from array import array
from collections import Counter, defaultdict
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, count
from multiprocessing import active_children, get_context, parent_process
from threading import Thread

from app.corpus.book import read
from app.corpus.catalog import Entry
from app.corpus.model import Source
from app.corpus.passages import split
from app.corpus.speeches import blanked, names
from app.index.errors import ProcessLost
from app.index.prepared import Prepared

Job = tuple[Source, Entry]

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
    try:
        yield from _on(processes, books)
    except BrokenProcessPool as error:
        raise ProcessLost from error


def _on(processes: int, books: Sequence[Job]) -> Generator[tuple[int, Prepared]]:
    largest_first = sorted(range(len(books)), key=lambda place: -len(books[place][0].raw))
    # Neither threads nor locks of this process come along, as they do when it is forked.
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin) as pool:
        try:
            places = {pool.submit(prepare, *books[place]): place for place in largest_first}
            for future in as_completed(places):
                yield places.pop(future), future.result()
        except BaseException:  # nobody waits for what they are at
            for process in active_children():
                process.terminate()
            raise


def prepare(source: Source, entry: Entry) -> Prepared:
    """Raises CorpusError for a book that has no words."""
    book, text = read(source, entry)
    speakers = names(text, book.form)
    spoken = blanked(text, speakers) if speakers else text
    places: defaultdict[str, int] = defaultdict(count().__next__)
    passages, tokens = [], array("I")
    sections = (split(text, i, section, book.form, spoken) for i, section in enumerate(book.sections))
    for passage, words in chain.from_iterable(sections):
        passages.append(passage)
        tokens.extend(map(places.__getitem__, words))
    counted = Counter(tokens)
    counts = [counted[place] for place in range(len(places))]
    return Prepared(book, text, passages, list(places), counts, tokens, speakers)


def _worthwhile(books: Sequence[Job]) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, len(books), sum(len(source.raw) for source, _ in books) // _WORTH_A_PROCESS))


def _begin() -> None:
    """In each process: Ctrl-C is the parent's to answer, and a parent that was killed leaves nobody behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
    os._exit(1)
