"""Where plays print the names of speakers."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, pairwise

from app.corpus.speeches import Range, blanked
from app.index.segment import Segment

_SPEAKERS = "speakers.bin"

_LETTERS = str.maketrans({"v": "u", "j": "i", "y": "i"})
# A hard c inside a name, not at its beginning: Cin. is Cinna, not "king".
_HARD = re.compile("(?<=.)c")
_DOUBLED = re.compile(r"(.)\1")
# Shorter names would match too many others.
_LEAST = 2


def key(name: str) -> str:
    """The key that the spellings of a name share: Caska is Casca, and Rosse is Ross."""
    return _DOUBLED.sub(r"\1", _HARD.sub("k", name.translate(_LETTERS).removesuffix("e")))


def abbreviations(name: str) -> list[str]:
    """The keys of the forms in which a play may print a name: Ham and Hamlet."""
    whole = key(name)
    return [whole[:size] for size in range(_LEAST, len(whole))] + [whole]


def is_open(name: str) -> bool:
    """Whether longer names may begin with this one."""
    return _DOUBLED.search(name) is None


class Speakers:
    """The names of speakers, which are printed in the texts but are not words of them."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        self._offsets = list[memoryview]()
        for segment in segments:
            numbers, books = segment.archive.numbers(_SPEAKERS), len(segment.outlines)
            borders = pairwise(accumulate(numbers[:books], initial=books))
            self._offsets += [numbers[start:end] for start, end in borders]

    def spoken(self, text: str, book: int, start: int) -> str:
        """A part of the book's text that begins at `start`, in which spaces replace the names."""
        offsets = self._offsets[book]
        if not offsets:
            return text
        end = start + len(text)
        # Offsets at even indexes start a name, those at odd indexes end it.
        first, last = bisect_right(offsets, start) // 2 * 2, (bisect_left(offsets, end) + 1) // 2 * 2
        inside = iter(offsets[first:last])
        return blanked(text, ((max(0, a - start), min(b, end) - start) for a, b in zip(inside, inside, strict=True)))


def members(books: Iterable[Sequence[Range]]) -> dict[str, bytes]:
    """The members of a segment's archive: the number of offsets in each book, and the offsets at which names start and
    end, in turn."""
    offsets = [array("I", chain.from_iterable(names)) for names in books]
    return {_SPEAKERS: b"".join(column.tobytes() for column in (array("I", map(len, offsets)), *offsets))}
