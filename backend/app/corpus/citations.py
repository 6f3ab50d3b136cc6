"""How places are cited: "Genesis 1:1–5", "Hamlet, Act 3, Scene 1, lines 56–90"."""

from collections.abc import Sequence
from itertools import pairwise

from app.corpus.model import Section, Unit
from app.corpus.points import Point, Range
from app.corpus.scopes import shared


def cite(section: Section, first: int, last: int) -> str:
    """The reference of lines or verses of a section: "Genesis 1:1–5", "Paradise Lost, Book 1, lines 1–26".

    Without numbers (0), or in a section that has no numbering, it is the reference of the section.
    """
    return _cite(section, _numbers(first, last)) if first else section.reference


def _numbers(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _cite(section: Section, listed: str) -> str:
    if not listed or not section.unit:
        return section.reference
    if section.unit is Unit.VERSE:
        return f"{section.reference}:{listed}"
    return f"{section.reference}, {'line' if listed.isdecimal() else 'lines'} {listed}"


def cite_units(section: Section, units: str) -> str:
    """The reference of several ranges, which are given as in an address: "1-7,15"."""
    return _cite(section, units.replace("-", "–").replace(",", ", "))


def cite_short(section: Section, first: int, last: int) -> str:
    """The shortest reference that can still be looked up: "Emma 2.10", "Genesis 1:1–5", "Paradise Lost 1.1–26"."""
    name, comma, _ = section.reference.partition(",")
    if not comma:
        return cite(section, first, last)
    numbers = f".{first}" + (f"–{last}" if last != first else "") if first and section.unit else ""
    return f"{name} {section.id}{numbers}"


def cite_ranges(ranges: Sequence[Range]) -> str:
    """The reference of several ranges, without repeating what they share: "Genesis 1:1–2:3", "Luke 2:1–7, 15"."""
    leaf = ranges[0].first.scope.leaf
    points = [point for stretch in ranges for point in (stretch.first, stretch.last)]
    if leaf and all(point.unit and point.scope.leaf is leaf for point in points):
        return _cite(leaf, ", ".join(_numbers(stretch.first.unit or 0, stretch.last.unit or 0) for stretch in ranges))
    cited = _range(ranges[0])
    for before, stretch in pairwise(ranges):
        cited += _shortened(f"; {_range(stretch)}", _point(before.last))
    return cited


def _range(stretch: Range) -> str:
    leaf = stretch.first.scope.leaf
    if leaf and stretch.first.unit and stretch.last.unit and stretch.last.scope == stretch.first.scope:
        return cite(leaf, stretch.first.unit, stretch.last.unit)
    first, last = _point(stretch.first), _point(stretch.last)
    return first if last == first else first + _shortened(f"–{last}", first)


def _point(point: Point) -> str:
    return cite(point.scope.leaf, point.unit, point.unit) if point.unit and point.scope.leaf else point.scope.reference


def _shortened(reference: str, before: str) -> str:
    """The part of a reference after a dash or semicolon, without the beginning that it shares with the one before."""
    separator = reference[: 2 if reference[0] == ";" else 1]
    whole = reference.removeprefix(separator)
    common = shared([whole, before])
    border = ", " if ", " in common else " "
    return separator + whole[common.rfind(border) + len(border) :] if border in common else reference
