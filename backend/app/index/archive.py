"""Several files in one, of which only what is asked for is read.

It is a zip archive, so that any tool can look into it. Its members are stored as they are and mapped: what nobody asks
for takes no memory. Those that are only ever read as a whole are compressed.
"""

import zipfile
from collections.abc import Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import orjson

Kind = Literal["H", "I"]
"""How wide the numbers of a member are, as in `array`: two bytes or four."""

# The local header of a member: its size without the name and the extra field, and the offset of their two sizes.
_HEADER, _SIZES = 30, slice(26, 30)
# The same content makes the same file.
_DATE = (1980, 1, 1, 0, 0, 0)


def add(path: Path, stored: Mapping[str, bytes], compressed: Mapping[str, bytes] | None = None) -> None:
    """Adds these members to an archive, which is made if there is none; the same content makes the same file."""
    with ZipFile(path, "a") as archive:
        for members, how in (stored, ZIP_STORED), (compressed or {}, ZIP_DEFLATED):
            for name, content in members.items():
                archive.writestr(zipfile.ZipInfo(name, _DATE), content, how)


def narrowest(largest: int) -> Kind:
    """The kind of numbers that takes least and holds this one."""
    return "H" if largest < 1 << 16 else "I"


def as_numbers(content: bytes | memoryview, count: int) -> memoryview:
    """So many numbers, of whichever kind they were written as."""
    return memoryview(content).cast("H" if len(content) == 2 * count else "I")


class Archive:
    """An open archive. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Raises ValueError for a file that is no archive, and OSError."""
        self.path = path
        try:
            with path.open("rb") as file, ZipFile(file) as archive:
                self._mapped = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
                self._spans = {member.filename: self._span(member) for member in archive.infolist()}
        except (ValueError, zipfile.BadZipFile) as error:
            raise ValueError(f"is damaged ({error})") from None

    def _span(self, member: zipfile.ZipInfo) -> range:
        header = self._mapped[member.header_offset :]
        start = member.header_offset + _HEADER + sum(header[_SIZES].cast("H"))
        return range(start, start + member.compress_size)

    def span(self, name: str) -> range:
        """Where in the file a member is stored."""
        return self._spans[name]

    def content(self, name: str) -> memoryview:
        """A member, as it is stored."""
        span = self._spans[name]
        return self._mapped[span.start : span.stop]

    def numbers(self, name: str, kind: Kind = "I") -> memoryview:
        """A member that holds numbers of four bytes or of two."""
        return self.content(name).cast(kind)

    def columns(self, name: str, count: int) -> list[memoryview]:
        """A member that holds this many columns of numbers, all of the same length."""
        numbers = self.numbers(name)
        size = len(numbers) // count
        return [numbers[start : start + size] for start in range(0, len(numbers), size)] if size else [numbers] * count

    def json(self, name: str) -> Any:
        return orjson.loads(self.content(name))

    def compressed(self, name: str) -> bytes:
        """A member that is compressed."""
        with ZipFile(self.path) as archive:
            return archive.read(name)
