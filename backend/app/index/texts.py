"""The texts of the books in one file. Only what is needed is read: if the file were mapped, all of it would soon be
resident in memory."""

import os
import sys
from collections.abc import Iterable, Sequence
from io import FileIO
from pathlib import Path
from threading import Lock
from typing import Self

TEXT_FILE = "text.bin"

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


def save(directory: Path, texts: Iterable[str]) -> list[int]:
    """Writes the texts one after another; returns the width of each."""
    widths = []
    with (directory / TEXT_FILE).open("wb") as file:
        for text in texts:
            widths.append(width(text))
            file.write(text.encode(*_CODECS[widths[-1]]))
    return widths


class Texts:
    """The texts of the books by ordinal. They may be read from several threads."""

    def __init__(self, file: FileIO, lengths: Sequence[int], widths: Sequence[int]) -> None:
        self._file, self._lock, self._widths = file, Lock(), widths
        self._descriptor = file.fileno()
        self._starts = [0]
        for length, size in zip(lengths, widths, strict=True):
            self._starts.append(self._starts[-1] + length * size)

    @classmethod
    def open(cls, directory: Path, lengths: Sequence[int], widths: Sequence[int]) -> Self:
        return cls(FileIO(directory / TEXT_FILE), lengths, widths)

    def slice(self, book: int, start: int, end: int) -> str:
        """The characters from `start` to `end` of the book's text; offsets outside of it are cut."""
        size, limit = self._widths[book], self._starts[book + 1]
        first = self._starts[book] + (start * size if start > 0 else 0)
        last = min(self._starts[book] + end * size, limit)
        return str(self._read(first, last), *_CODECS[size]) if first < last else ""

    def _read(self, first: int, last: int) -> bytes:
        if sys.platform == "win32":  # Windows has no call that reads at an offset
            with self._lock:
                self._file.seek(first)
                return self._file.read(last - first)
        return os.pread(self._descriptor, last - first, first)

    def close(self) -> None:
        self._file.close()
