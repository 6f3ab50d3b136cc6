"""The order of concordance lines: by the match, and by the words next to it."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from app.index.reader import IndexReader
from app.search.request import Deadline
from app.search.words.occurrences import Occurrence
from app.words import words

MOST_LEVELS = 3
# Nearly always, three words and a part of a fourth fit into this many characters.
_WIDTH = 32
# Sorts after every word.
_LAST = "\U0010ffff"


class LineSort(StrEnum):
    """One level of the order: the match itself (node), or the first, second or third word to the left or right of it.
    left and right are short for the three words of a side; position keeps the order of the text."""

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
    """The levels by which lines are compared, in turn."""
    return tuple(dict.fromkeys(level for given in sort for level in _MEANT.get(given, (given,))))


def sort_key(index: IndexReader, by: Levels, deadline: Deadline) -> Callable[[Occurrence], list[str]]:
    """A sort key for occurrences: the words that the levels name, in normal form. Lines without such a word come
    last."""
    needs_left, needs_right = (not set(by).isdisjoint(side) for side in (_LEFT, _RIGHT))

    def key(occurrence: Occurrence) -> list[str]:
        deadline.check()
        before, node, after = _parts(index, occurrence, _WIDTH * needs_left, _WIDTH * needs_right)
        return [_word(level, before, node, after) for level in by]

    return key


def _word(level: LineSort, before: list[str], node: str, after: list[str]) -> str:
    if level is LineSort.NODE:
        return " ".join(words(node))
    side, place = level.value[0], int(level.value[1])
    beside = before[::-1] if side == "l" else after
    return beside[place - 1] if place <= len(beside) else _LAST


def _parts(index: IndexReader, occurrence: Occurrence, left: int, right: int) -> tuple[list[str], str, list[str]]:
    """The words in `left` characters before the match, the match, and the words in `right` characters after it, within
    the section. Names of speakers are not words."""
    section = index.books.section(index.books.section_of(occurrence.passage))
    start, end = max(section.start, occurrence.start - left), min(section.end, occurrence.end + right)
    text = index.speakers.spoken(index.texts.slice(occurrence.book, start, end), occurrence.book, start)
    first, last = occurrence.start - start, occurrence.end - start
    before, after = words(text[:first]), words(text[last:])
    # The outermost word may be cut: try again with more text.
    too_few_before = left and len(before) <= len(_LEFT) and start > section.start
    if too_few_before or (right and len(after) <= len(_RIGHT) and end < section.end):
        return _parts(index, occurrence, 4 * left, 4 * right)
    return before, text[first:last], after
