"""A limit to the time that reading a book may take: a file may be made to keep a processor busy, or do so
unforeseen."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from app.corpus.errors import Rejected
from app.corpus.unread import Unread

# About ten times as long as the slowest book takes.
SECONDS = 20
_SECONDS_PER_BYTE = 5e-6


@contextmanager
def limited(book: Unread) -> Iterator[None]:
    """Raises Rejected when the block takes longer than any book of its size should.

    The limit is in processor time of this process, so that a busy machine rejects no book. There is none outside the
    main thread, and none on Windows, which has no such timer.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    seconds = SECONDS + book.size * _SECONDS_PER_BYTE

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Rejected(book.name, f"takes more than {seconds:.0f} s of processor time to read. Remove it, or split it.")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
