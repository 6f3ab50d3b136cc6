"""Reads a log, however long it and its lines are, and finds the known faults in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TextIO

from gitops.doctor.logs.argocd import ARGOCD
from gitops.doctor.logs.builds import BUILDS
from gitops.doctor.logs.cluster import CLUSTER
from gitops.doctor.logs.events import event
from gitops.doctor.logs.fault import Fault, Sign
from gitops.doctor.logs.git import GIT
from gitops.doctor.logs.network import NETWORK
from gitops.doctor.logs.page import PAGE
from gitops.doctor.logs.pods import PODS
from gitops.doctor.logs.registry import REGISTRY
from gitops.doctor.logs.workflows import WORKFLOWS

FAULTS: tuple[Fault, ...] = (*REGISTRY, *BUILDS, *WORKFLOWS, *GIT, *PODS, *CLUSTER, *ARGOCD, *NETWORK, *PAGE)

MOST_CHARACTERS = 2**30
_PIECE = 4000
_BLOCK = 200
# Neighbouring pieces of a long line share so much, so that no phrase is cut in two.
_OVERLAP = 500
# A step that fails says so within so many lines.
_SOON = 10
_STEP_FAILS = ("##[error]", "error: process completed with exit code", "make: ***")

_SEPARATORS = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")} | dict.fromkeys(
    map(ord, "‘’“”…"), " "
)


def _by_word() -> dict[str, list[tuple[Sign, Fault]]]:
    table: dict[str, list[tuple[Sign, Fault]]] = {}
    for fault in FAULTS:
        for sign in fault.signs:
            table.setdefault(sign.rarest, []).append((sign, fault))
    return table


# Most blocks of lines have none of these words, and need not be compared with any pattern.
_BY_WORD = _by_word()


@dataclass
class Sighting:
    """A fault, the first and the last line (counted from 1) that show it, and how many lines do."""

    fault: Fault
    line: int
    text: str
    last: int
    times: int = 1


@dataclass
class _Sightings:
    """`undecided` are lines that show a fault only if the step that they belong to fails."""

    seen: dict[str, Sighting] = field(default_factory=dict)
    undecided: list[Sighting] = field(default_factory=list)

    def add(self, block: Sequence[tuple[int, str]]) -> None:
        lower = "\n".join(piece for _, piece in block).lower()
        candidates = _candidates(lower)
        words = {sign.rarest for sign, _ in candidates}
        if self.undecided or any(fault.ends_step for _, fault in candidates):
            words.update(_STEP_FAILS)
        for index in sorted(_lines_with(words, lower)):
            self._add(*block[index], candidates)

    def _add(self, number: int, piece: str, candidates: list[tuple[Sign, Fault]]) -> None:
        lower = piece.lower()
        self._decide(number, lower)
        likely = [(sign, fault) for sign, fault in candidates if all(word in lower for word in sign.words)]
        text = event(piece) if likely else ""
        for fault in {fault.id: fault for sign, fault in likely if sign.pattern.search(text)}.values():
            sighting = Sighting(fault, number, text, number)
            self.undecided.append(sighting) if fault.ends_step else self._count(sighting)

    def _decide(self, number: int, lower: str) -> None:
        if not self.undecided:
            return
        self.undecided = [one for one in self.undecided if number - one.line <= _SOON]
        if any(words in lower for words in _STEP_FAILS):
            for sighting in self.undecided:
                self._count(sighting)
            self.undecided = []

    def _count(self, sighting: Sighting) -> None:
        known = self.seen.setdefault(sighting.fault.id, sighting)
        if known.last != sighting.line:
            known.last = sighting.line
            known.times += 1

    def unexplained(self) -> list[Sighting]:
        explained = {general for one in self.seen.values() for general in one.fault.explains}
        return [one for one in self.seen.values() if one.fault.id not in explained]


def sightings(log: TextIO) -> list[Sighting]:
    """In the order in which they first appear, without those that another one explains.

    Of an endless log it reads no more than MOST_CHARACTERS.
    """
    found = _Sightings()
    pieces = _pieces(log)
    while block := list(islice(pieces, _BLOCK)):
        found.add(block)
    return found.unexplained()


def report(found: list[Sighting]) -> str:
    """For people: each fault with its cause, and what to do."""
    if not found:
        return "No known fault is in this log.\n"
    return "\n".join(_paragraph(one) for one in found)


def _pieces(log: TextIO) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, the long ones in pieces."""
    number, before, left = 1, "", MOST_CHARACTERS
    while left > 0 and (piece := log.readline(_PIECE)):
        left -= len(piece)
        yield number, before + piece.rstrip("\n")
        ended = piece.endswith("\n")
        number, before = (number + 1, "") if ended else (number, piece[-_OVERLAP:])


def _candidates(lower: str) -> list[tuple[Sign, Fault]]:
    """The signs all of whose words the text has, which is found out in the same time however many signs there are."""
    words = set(lower.translate(_SEPARATORS).split())
    return [one for word in words & _BY_WORD.keys() for one in _BY_WORD[word] if one[0].words <= words]


def _lines_with(words: Iterable[str], text: str) -> set[int]:
    """The indices of the lines that have one of the words."""
    found = set()
    for word in words:
        line = start = 0
        while (at := text.find(word, start)) >= 0:
            line += text.count("\n", start, at)
            found.add(line)
            start = at + len(word)
    return found


def _paragraph(one: Sighting) -> str:
    times = f", {one.times} times" if one.times > 1 else ""
    check = f"    Check: gitops doctor explain {one.fault.check}\n" if one.fault.check else ""
    return (
        f"{one.fault.id} (line {one.line}{times})\n    {one.text[:200]}\n"
        f"    Cause: {one.fault.cause}\n    Fix:   {one.fault.remedy}\n{check}"
    )
