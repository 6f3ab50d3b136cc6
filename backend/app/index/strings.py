"""Sorted strings in a file, found without reading all of them."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from app.index.archive import Archive

# So many are read to find one among them.
_BLOCK = 16


def members(name: str, ordered: Sequence[str]) -> dict[str, bytes]:
    """The members of an archive that hold these strings, which are in order and have no line breaks."""
    blocks = ["".join(f"{text}\n" for text in ordered[i : i + _BLOCK]).encode() for i in range(0, len(ordered), _BLOCK)]
    starts = array("I", [0])
    for block in blocks:
        starts.append(starts[-1] + len(block))
    return {f"{name}.txt": b"".join(blocks), f"{name}-blocks.bin": starts.tobytes()}


class Strings:
    """The strings of an archive, each with its position among them."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._content = archive.content(f"{name}.txt")
        self._starts = archive.numbers(f"{name}-blocks.bin")

    def __iter__(self) -> Iterator[str]:
        return iter(str(self._content, "utf-8").split("\n")[:-1])

    def __getitem__(self, position: int) -> str:
        return self._block(position // _BLOCK)[position % _BLOCK]

    def find(self, wanted: str) -> int | None:
        """The position of the string, if it is one of them."""
        block = bisect_right(range(len(self._starts) - 1), wanted, key=self._first) - 1
        if block < 0:
            return None
        inside = self._block(block)
        position = bisect_left(inside, wanted)
        return block * _BLOCK + position if inside[position : position + 1] == [wanted] else None

    def _first(self, block: int) -> str:
        return self._block(block)[0]

    def _block(self, block: int) -> list[str]:
        return str(self._content[self._starts[block] : self._starts[block + 1]], "utf-8").split("\n")[:-1]
