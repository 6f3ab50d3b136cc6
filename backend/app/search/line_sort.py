"""The order of a concordance: by the match and by the words beside it, as linguists sort one."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from app.index.reader import IndexReader
from app.search.deadline import Deadline
from app.search.occurrences import Occurrence
from app.words import words

MOST_LEVELS = 3
# Characters that hold three words, and more.
_WIDTH = 60
# Greater than every word.
_LAST = "\U0010ffff"


class LineSort(StrEnum):
    """One level: the match itself (node), the first, second or third word left or right of it; or, in short, the three
    on one side. By position, lines stay in the order of the text."""

    POSITION = "position"
    NODE = "node"
    L1 = "l1"
    L2 = "l2"
    L3 = "l3"
    R1 = "r1"
    R2 = "r2"
    R3 = "r3"
    LEFT = "left"
    RIGHT = "right"


Levels = tuple[LineSort, ...]

_LEFT = (LineSort.L1, LineSort.L2, LineSort.L3)
_RIGHT = (LineSort.R1, LineSort.R2, LineSort.R3)
_MEANT = {LineSort.LEFT: _LEFT, LineSort.RIGHT: _RIGHT, LineSort.POSITION: ()}


def levels(sort: Iterable[LineSort]) -> Levels:
    """The levels that lines are compared by, in turn."""
    return tuple(dict.fromkeys(level for one in sort for level in _MEANT.get(one, (one,))))


def sort_key(index: IndexReader, by: Levels, deadline: Deadline) -> Callable[[Occurrence], list[str]]:
    """The words of an occurrence that the levels name, in normal form; where there is none, it comes last."""
    left, right, node = not set(by).isdisjoint(_LEFT), not set(by).isdisjoint(_RIGHT), LineSort.NODE in by
    texts, books = index.texts, index.books

    def key(one: Occurrence) -> list[str]:
        deadline.check()
        section = books.section(books.section_of(one.passage))
        found: dict[LineSort, str] = {}
        if left:
            before = words(texts.slice(one.book, max(section.start, one.start - _WIDTH), one.start))
            found.update(zip(_LEFT, reversed(before), strict=False))
        if right:
            after = words(texts.slice(one.book, one.end, min(section.end, one.end + _WIDTH)))
            found.update(zip(_RIGHT, after, strict=False))
        if node:
            found[LineSort.NODE] = " ".join(words(texts.slice(one.book, one.start, one.end)))
        return [found.get(level, _LAST) for level in by]

    return key
