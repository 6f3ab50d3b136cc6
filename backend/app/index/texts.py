"""The books' texts in one file, of which only the passages that are shown are read: the texts take no memory."""

import os
from collections.abc import Sequence
from io import FileIO
from pathlib import Path
from threading import Lock
from typing import Self

TEXT_FILE = "text.bin"

_ONE_CALL = hasattr(os, "pread")  # which Windows has not

# Every character of a book takes the same number of bytes, so that offsets of characters give offsets of bytes.
_ENCODINGS = {1: "latin-1", 2: "utf-16-le", 4: "utf-32-le"}


def width(text: str) -> int:
    """Bytes for each character of this text: 1, 2 or 4."""
    highest = max(text, default="")
    return 1 if highest <= "\xff" else 2 if highest <= "\uffff" else 4


def save(directory: Path, texts: Sequence[str]) -> list[int]:
    """Write the texts one after another; gives the width of each."""
    widths = [width(text) for text in texts]
    with (directory / TEXT_FILE).open("wb") as file:
        for text, size in zip(texts, widths, strict=True):
            file.write(text.encode(_ENCODINGS[size], _errors(size)))
    return widths


class Texts:
    """The texts of the books by ordinal. Safe to use from several threads."""

    def __init__(self, file: FileIO, lengths: Sequence[int], widths: Sequence[int]) -> None:
        self._file, self._widths, self._lock = file, widths, Lock()
        self._starts = [0]
        for length, size in zip(lengths, widths, strict=True):
            self._starts.append(self._starts[-1] + length * size)

    @classmethod
    def open(cls, directory: Path, lengths: Sequence[int], widths: Sequence[int]) -> Self:
        return cls(FileIO(directory / TEXT_FILE), lengths, widths)

    def slice(self, book: int, start: int, end: int) -> str:
        """The characters from start to end of the book's text; offsets outside it are cut."""
        origin, limit, size = self._starts[book], self._starts[book + 1], self._widths[book]
        first, last = origin + max(start, 0) * size, min(origin + end * size, limit)
        return self._read(first, max(0, last - first)).decode(_ENCODINGS[size], _errors(size))

    def close(self) -> None:
        self._file.close()

    def _read(self, start: int, size: int) -> bytes:
        if _ONE_CALL:
            return os.pread(self._file.fileno(), size, start)
        with self._lock:
            self._file.seek(start)
            return self._file.read(size)


def _errors(size: int) -> str:
    # A text may hold half of a surrogate pair, which is no character but must not be lost.
    return "surrogatepass" if size > 1 else "strict"
