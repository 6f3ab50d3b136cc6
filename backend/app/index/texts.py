"""The books' texts, of which only what is asked for is read."""

import os
import sys
from collections.abc import Sequence
from io import FileIO
from threading import Lock

from app.index.segment import Segment

TEXT = "text.bin"

# Every character of a book takes the same number of bytes, so that an offset in characters gives the offset in bytes. A
# text may contain a lone surrogate, which is no character but must not be lost.
_CODECS = {1: ("latin-1", "strict"), 2: ("utf-16-le", "surrogatepass"), 4: ("utf-32-le", "surrogatepass")}


def width(text: str) -> int:
    """Bytes per character of this text: 1, 2 or 4."""
    try:
        text.encode("latin-1")  # finding the largest character takes much longer, and nearly every book is Latin-1
        return 1
    except UnicodeEncodeError:
        return 2 if max(text) <= "\uffff" else 4


def encoded(text: str) -> bytes:
    return text.encode(*_CODECS[width(text)])


class Texts:
    """The texts of the books by ordinal. They may be read from several threads."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._files, self._lock = [FileIO(segment.archive.path) for segment in segments], Lock()
        # For each book: its file, the range of its bytes there, and the bytes per character.
        self._spans = list[tuple[FileIO, int, int, int]]()
        for file, segment in zip(self._files, segments, strict=True):
            start = segment.archive.span(TEXT).start
            for outline in segment.outlines:
                end = start + outline.book.length * outline.width
                self._spans.append((file, start, end, outline.width))
                start = end

    def slice(self, book: int, start: int, end: int) -> str:
        """The characters from `start` to `end` of the book's text; offsets outside of it are cut."""
        file, opening, limit, size = self._spans[book]
        first = opening + (start * size if start > 0 else 0)
        last = min(opening + end * size, limit)
        return str(self._read(file, first, last), *_CODECS[size]) if first < last else ""

    def _read(self, file: FileIO, first: int, last: int) -> bytes:
        """Reads without a mapping, in which all that was ever read would stay in memory."""
        if sys.platform == "win32":  # Windows has no call that reads at an offset
            with self._lock:
                file.seek(first)
                return file.read(last - first)
        return os.pread(file.fileno(), last - first, first)

    def close(self) -> None:
        for file in self._files:
            file.close()
