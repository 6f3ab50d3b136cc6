"""Rules that describe how headings look, and the headings that they find in a text."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.corpus.structure import numerals
from app.corpus.structure.titles import readable
from app.writing import is_unspaced


class Kind(StrEnum):
    """What a heading opens. The value is the word that cites it ("Chapter 3")."""

    VOLUME = "Volume"
    BOOK = "Book"
    PART = "Part"
    CHAPTER = "Chapter"
    ACT = "Act"
    SCENE = "Scene"
    TITLED = "Titled"
    NUMBERED = "Numbered"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at `start`; the text under it begins at `body`. Level 1 contains level 2, which contains level 3.

    `label` cites it ("Chapter 42"), `title` is the rest of it; `key` is its part of a section's id, or None if it has
    neither number nor name and is counted among its neighbours.
    """

    kind: Kind
    level: int
    start: int
    body: int
    label: str
    title: str | None = None
    key: str | None = None

    @property
    def in_contents(self) -> str:
        """The heading as a contents page shows it."""
        if not self.title:
            return self.label
        return f"{self.label}{' ' if is_unspaced(self.label[-1]) else '. '}{self.title}"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a kind of heading looks. The pattern matches whole lines, and may have the groups `n` (number), `t` (title),
    `h` (heading, if it does not start the line) and `p` (what cites it, as printed).

    `below` is the form of a title on the lines below, if it may stand there; `named` makes an id from the title, `key`
    is the id of a heading without a number; `label` replaces the words of the heading.
    """

    kind: Kind
    level: int
    pattern: str
    below: str | None = None
    named: bool = False
    key: str | None = None
    label: str | None = None


def scan(text: str, rules: Iterable[Rule], starts: Collection[int] | None = None) -> list[Heading]:
    """The headings that the rules find at these offsets, or anywhere, in the order of the text. Where two rules match,
    the first wins."""
    by_start: dict[int, Heading] = {}
    for rule in rules:
        pattern = re.compile(rule.pattern, re.MULTILINE)
        matches = pattern.finditer(text) if starts is None else (pattern.match(text, start) for start in starts)
        for match in filter(None, matches):
            heading = _heading(text, rule, match)
            by_start.setdefault(heading.start, heading)
    return [by_start[start] for start in sorted(by_start)]


def _heading(text: str, rule: Rule, match: re.Match[str]) -> Heading:
    groups = match.groupdict()
    start = match.start("h") if "h" in groups else match.start()
    title, body = groups.get("t"), match.end()
    if rule.below and not title and (below := re.compile(rule.below).match(text, body)):
        title, body = below.group(1), below.end(1)
    named = readable(title) if title else None
    value = numerals.number(groups["n"]) if groups.get("n") else None
    if printed := groups.get("p"):
        key = rule.key if value is None else str(value)
        return Heading(rule.kind, rule.level, start, body, " ".join(printed.split()), named, key)
    if value is not None:
        return Heading(rule.kind, rule.level, start, body, numbered(rule.kind, value), named, str(value))
    label = rule.label or named or rule.kind
    return Heading(rule.kind, rule.level, start, body, label, None, slug(label) if rule.named else None)


def counting(headings: Iterable[Heading]) -> list[Heading]:
    """The headings that count 1, 2, 3, perhaps several times; none if they never reach 2."""
    counted: list[Heading] = []
    last = 0
    for heading in headings:
        value = int(heading.key or 0)
        if value == last + 1 or value == 1:
            counted.append(heading)
            last = value
    return counted if any(heading.key == "2" for heading in counted) else []


def numbered(kind: Kind, value: int) -> str:
    """How a numbered heading is cited: "Volume II", "Chapter 3", or the number alone."""
    if kind is Kind.NUMBERED:
        return str(value)
    return f"{kind} {numerals.roman(value) if kind is Kind.VOLUME else value}"


def slug(name: str) -> str:
    """A name as part of an address: "Thel's Motto" gives "thels-motto"."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", name.lower())).strip("-")
