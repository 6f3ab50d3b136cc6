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
    """A scope, the last of `trail`, which leads to it from what the reference names; or one numbered unit of it.

    Not `exact` when the numbers name what is not there, and this is the nearest.
    """

    trail: tuple[Scope, ...]
    unit: int | None = None
    exact: bool = True

    @property
    def scope(self) -> Scope:
        return self.trail[-1]

    @property
    def goes_down(self) -> bool:
        """Whether there is something numbered in it."""
        leaf = self.scope.leaf
        return self.exact and self.unit is None and (leaf is None or leaf.unit is not None)

    def above(self, levels: int) -> "Point":
        """The point that many levels above, from where as many numbers lead to another of its kind."""
        kept = len(self.trail) - levels + (self.unit is not None)
        return Point(self.trail[: max(1, kept)])


@dataclass(frozen=True, slots=True)
class Range:
    """From one point through another, which may be the same."""

    first: Point
    last: Point


def ranges(scope: Scope, numbers: Sequence[Number], numbering_of: NumberingOf) -> list[Range]:
    """What the numbers name inside the scope: one stretch or, after commas and semicolons, several.

    A comma leads down while there is something numbered below ("I Cor. xiii, 4"), but not to a verse that is not there
    where there is such a chapter ("Psalms 23, 24"). After any other, and after a dash, stand as many numbers as differ:
    1:1-5 are verses of a chapter, 1:1-2:3 of two.
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
    found = [walker.followed(point, last)]
    for run in rest if point.exact else ():
        before = found[-1].last
        if run[0].joint != "-":
            found.append(walker.followed(walker.walk(before.above(len(run)), run), run[-1]))
        else:
            found[-1] = Range(found[-1].first, walker.through(before, run))
    return found


def _runs(numbers: Sequence[Number]) -> list[list[Number]]:
    """The numbers that lead down from each other: up to a comma, a semicolon or a dash."""
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
        """Where the numbers lead from the point; no further than to what is not there.

        Not `alone` when more numbers lead on: "Emma II, 3" is a volume and its chapter.
        """
        for number in run:
            if not point.exact:
                break
            point = self._step(point, number, alone=alone and len(run) == 1)
        return point

    def through(self, first: Point, run: Sequence[Number]) -> Point:
        """Where a range that begins at the point ends; it ends where it begins if the numbers go back."""
        if len(run) == 1 and first.unit:
            run = [replace(run[0], value=_completed(first.unit, run[0].value))]
        last = self.walk(first.above(len(run)), run)
        forward = (last.scope.end, last.unit or first.unit or 0) >= (first.scope.end, first.unit or 0)
        return last if forward else replace(first, exact=False)

    def followed(self, point: Point, number: Number) -> Range:
        """The point and, after "f." or "ff.", the next unit or all that follow in its section."""
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
        nearest = min(there, key=lambda one: abs(one - number.value))
        return replace(point, unit=nearest, exact=nearest == number.value)


def _part(scope: Scope, number: Number, *, alone: bool) -> tuple[Scope | None, bool]:
    """The part of that number, or else the nearest; and whether it is just what was asked for."""
    parts, label = scope.parts, number.label
    kinds = {part.kind for part in parts}
    if (label and label not in kinds) or (label is None and alone and _counts_through(scope)):
        leaves = [leaf for leaf in scope.leaves if leaf.kind == (label or "chapter")]
        if leaves:
            return _counted(leaves, number.value)
    likely = [part for part in parts if label in (None, "section", part.kind)]
    numbered = {part.number: part for part in reversed(likely or parts) if part.number is not None}
    if not parts[0].kind:
        numbered.setdefault(1, parts[0])  # the first part of a poem may lack its number in print
    if not numbered:
        return None, False
    nearest = min(numbered, key=lambda one: (abs(one - number.value), one))
    return numbered[nearest], bool(likely) and nearest == number.value


def _counts_through(scope: Scope) -> bool:
    """Whether one number alone counts its chapters through all volumes: "Emma 20"."""
    return scope.depth == 0 and scope.book.form is Form.PROSE and scope.parts[0].kind in _DIVISIONS


def _counted(leaves: Sequence[Scope], value: int) -> tuple[Scope, bool]:
    """The chapter that has this number in print, if one alone has it, else the one that has this place."""
    printed = [leaf for leaf in leaves if leaf.number == value]
    if len(printed) == 1 and all(leaf.number != 1 for leaf in leaves[1:]):
        return printed[0], True
    place = min(max(value, 1), len(leaves))
    return leaves[place - 1], place == value


def _completed(first: int, last: int) -> int:
    """The end of a range that is printed without the digits it shares with its beginning: 190 of "156–90"."""
    digits = len(str(first)) - len(str(last))
    return int(str(first)[:digits] + str(last)) if digits > 0 and last < first else last
