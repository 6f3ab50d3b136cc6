"""Opens a log as it was saved: text in UTF-8 or UTF-16, also compressed with gzip."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO, cast

from gitops.errors import BadInput

_GZIP = b"\x1f\x8b"
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# What the first bytes tell, and what unpacks it.
_ARCHIVES = {
    b"PK\x03\x04": ("a zip archive", "Unpack it (`unzip FILE`), and name one of its logs."),
    b"\x28\xb5\x2f\xfd": ("compressed with zstd", "Unpack it first: `zstd -d FILE`."),
    b"\xfd7zXZ\x00": ("compressed with xz", "Unpack it first: `xz -d FILE`."),
    b"BZh": ("compressed with bzip2", "Unpack it first: `bzip2 -d FILE`."),
}
_FIRST = 4096


@contextmanager
def opened(file: BinaryIO, name: str) -> Iterator[TextIO]:
    """The text of the log. Raises BadInput, which names the file, when it holds no text or is damaged."""
    buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, file))
    first = buffered.peek(_FIRST)[:_FIRST]
    try:
        if first.startswith(_GZIP):
            unpacked = io.BufferedReader(gzip.GzipFile(fileobj=buffered))
            yield _text(unpacked, unpacked.peek(_FIRST)[:_FIRST], name)
        else:
            yield _text(buffered, first, name)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BadInput(f"{name} is a damaged gzip file: {error}.", "Fetch the log once more.") from error


def _text(file: BinaryIO, first: bytes, name: str) -> TextIO:
    encoding = _UTF_16.get(first[:2])
    if encoding is None:
        _refuse_binary(first, name)
    return io.TextIOWrapper(file, encoding=encoding or "utf-8", errors="replace", newline="\n")


def _refuse_binary(first: bytes, name: str) -> None:
    for magic, (what, remedy) in _ARCHIVES.items():
        if first.startswith(magic):
            raise BadInput(f"{name} is {what}, not a log.", remedy)
    if b"\0" in first:
        raise BadInput(f"{name} is not text.", "Name a log file, or - for standard input.")
