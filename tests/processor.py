"""Processor time that means the same on every machine, and on a busy one."""

import time
from collections.abc import Callable

from app.index.reader import IndexReader
from app.words import words

# Of the longest book: enough to measure, and soon read.
_PART = 10

QUIET_SECONDS = 0.125
"""What a reference takes on a core that nothing else wants."""


def in_references(index: IndexReader, call: Callable[[], object], times: int = 1, enough: float = 0.0) -> float:
    """What a call takes of the processor, in references: the time to cut the longest book into words, measured beside
    each call. Of both the least counts, which is where others were least in the way. It is measured so many times, or
    until it is less than `enough`."""
    own, reference = seconds(call), _reference(index)
    for _ in range(times - 1):
        if own / reference < enough:
            break
        own, reference = min(own, seconds(call)), min(reference, _reference(index))
    return own / reference


def seconds(call: Callable[[], object]) -> float:
    started = time.process_time()
    call()
    return time.process_time() - started


def _reference(index: IndexReader) -> float:
    lengths = [book.length for book in index.books.books]
    book = lengths.index(max(lengths))
    text = index.texts.slice(book, 0, lengths[book] // _PART)
    return _PART * seconds(lambda: words(text))
