"""From the numbers of a reference to what they count in a book: acts, chapters, verses, lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.corpus.locators import UNITS, Number
from app.corpus.model import Form, Section
from app.corpus.numbering import Numbering
from app.corpus.scopes import Scope

NumberingOf = Callable[[Section], Numbering]

_DIVISIONS = frozenset(("volume", "book", "part"))


@dataclass(frozen=True, slots=True)
class Point:
    """A scope, or one numbered unit of it. `trail` leads from what the reference names to the scope, which is its last
    item.

    Not `exact` if the numbers name something that does not exist, and this is the nearest.
    """

    trail: tuple[Scope, ...]
    unit: int | None = None
    exact: bool = True

    @property
    def scope(self) -> Scope:
        return self.trail[-1]

    @property
    def goes_down(self) -> bool:
        """Whether something is numbered inside it."""
        leaf = self.scope.leaf
        return self.exact and self.unit is None and (leaf is None or leaf.unit is not None)

    def above(self, levels: int) -> "Point":
        """The point so many levels above, from which the same number of numbers leads to another point of this kind."""
        kept = len(self.trail) - levels + (self.unit is not None)
        return Point(self.trail[: max(1, kept)])


@dataclass(frozen=True, slots=True)
class Range:
    """A range from one point through another, which may be the same."""

    first: Point
    last: Point


def ranges(scope: Scope, numbers: Sequence[Number], numbering_of: NumberingOf) -> list[Range]:
    """The ranges that the numbers name inside the scope: one, or several after commas and semicolons.

    A comma leads down while something is numbered below ("I Cor. xiii, 4"), but not to a verse that does not exist if
    there is such a chapter ("Psalms 23, 24"). After any other comma, and after a dash, only the numbers that differ are
    given: 1:1-5 are verses of a chapter, 1:1-2:3 of two chapters.
    """
    walker = _Walker(numbering_of)
    runs = _runs(numbers)
    alone = len(runs) == 1 or runs[1][0].joint != "," or runs[0][0].value > len(scope.parts)
    point, last = walker.walk(Point((scope,)), runs[0], alone=alone), runs[0][-1]
    rest = runs[1:]
    while rest and rest[0][0].joint == "," and point.goes_down:
        below = walker.walk(point, rest[0])
        if point.scope.leaf and not below.exact and walker.walk(point.above(len(rest[0])), rest[0]).exact:
            break
        point, last = below, rest[0][-1]
        rest = rest[1:]
    ranges = [walker.followed(point, last)]
    for run in rest if point.exact else ():
        before = ranges[-1].last
        if run[0].joint != "-":
            ranges.append(walker.followed(walker.walk(before.above(len(run)), run), run[-1]))
        else:
            ranges[-1] = Range(ranges[-1].first, walker.through(before, run))
    return ranges


def _runs(numbers: Sequence[Number]) -> list[list[Number]]:
    """Splits the numbers at commas, semicolons and dashes; the numbers of a run each lead a level down."""
    runs: list[list[Number]] = []
    for number in numbers:
        if not runs or number.joint in ",;-":
            runs.append([])
        runs[-1].append(number)
    return runs


@dataclass(frozen=True, slots=True)
class _Walker:
    numbering_of: NumberingOf

    def walk(self, point: Point, run: Sequence[Number], *, alone: bool = True) -> Point:
        """Follows the numbers from the point, down to the last that exists.

        Not `alone` if more numbers follow: "Emma II, 3" is a volume and a chapter of it.
        """
        for number in run:
            if not point.exact:
                break
            point = self._step(point, number, alone=alone and len(run) == 1)
        return point

    def through(self, first: Point, run: Sequence[Number]) -> Point:
        """The end of a range that begins at the point; the point itself if the numbers go back."""
        if len(run) == 1 and first.unit:
            run = [replace(run[0], value=_completed(first.unit, run[0].value))]
        last = self.walk(first.above(len(run)), run)
        forward = (last.scope.end, last.unit or first.unit or 0) >= (first.scope.end, first.unit or 0)
        return last if forward else replace(first, exact=False)

    def followed(self, point: Point, number: Number) -> Range:
        """The range of a point: with "f." also the next unit, with "ff." all that follow in its section."""
        if not number.following or point.unit is None or not point.scope.leaf:
            return Range(point, point)
        last = self.numbering_of(point.scope.leaf).numbers[-1]
        return Range(point, replace(point, unit=last if number.following > 1 else min(point.unit + 1, last)))

    def _step(self, point: Point, number: Number, *, alone: bool) -> Point:
        if point.unit is not None:
            return replace(point, exact=False)
        scope, parts = point.scope, point.scope.parts
        if len(parts) == 1 and parts[0].number != number.value and number.label in (None, *UNITS):
            return self._step(Point((*point.trail, parts[0])), number, alone=alone)  # "Jude 5" is verse 5
        if not parts:
            return self._unit(point, number)
        if number.label in UNITS:
            return replace(point, exact=False)
        chosen, exact = _part(scope, number, alone=alone)
        return Point((*point.trail, chosen), exact=exact) if chosen else replace(point, exact=False)

    def _unit(self, point: Point, number: Number) -> Point:
        leaf = point.scope.leaf
        there = self.numbering_of(leaf).numbers if leaf and leaf.unit else ()
        if not there:
            return replace(point, exact=False)
        nearest = min(there, key=lambda unit: abs(unit - number.value))
        return replace(point, unit=nearest, exact=nearest == number.value)


def _part(scope: Scope, number: Number, *, alone: bool) -> tuple[Scope | None, bool]:
    """The part with this number, else the nearest one, and whether it has the number."""
    parts, label = scope.parts, number.label
    kinds = {part.kind for part in parts}
    if (label and label not in kinds) or (label is None and alone and _counts_through(scope)):
        leaves = [leaf for leaf in scope.leaves if leaf.kind == (label or "chapter")]
        if leaves:
            return _counted(leaves, number.value)
    likely = [part for part in parts if label in (None, "section", part.kind)]
    numbered = {part.number: part for part in reversed(likely or parts) if part.number is not None}
    if not parts[0].kind:
        numbered.setdefault(1, parts[0])  # the first part of a poem may be printed without its number
    if not numbered:
        return None, False
    nearest = min(numbered, key=lambda value: (abs(value - number.value), value))
    return numbered[nearest], bool(likely) and nearest == number.value


def _counts_through(scope: Scope) -> bool:
    """Whether a single number counts the chapters of all volumes through: "Emma 20"."""
    return scope.depth == 0 and scope.book.form is Form.PROSE and scope.parts[0].kind in _DIVISIONS


def _counted(leaves: Sequence[Scope], value: int) -> tuple[Scope, bool]:
    """The only chapter with this printed number, else the chapter at this position; and whether the first was found."""
    printed = [leaf for leaf in leaves if leaf.number == value]
    if len(printed) == 1 and all(leaf.number != 1 for leaf in leaves[1:]):
        return printed[0], True
    position = min(max(value, 1), len(leaves))
    return leaves[position - 1], position == value


def _completed(first: int, last: int) -> int:
    """The end of a range whose leading digits are not repeated: 190 in "156–90"."""
    digits = len(str(first)) - len(str(last))
    return int(str(first)[:digits] + str(last)) if digits > 0 and last < first else last
