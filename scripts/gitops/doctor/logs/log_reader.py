"""Reads a log, however long it and its lines are, and finds the known faults in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from gitops.doctor.logs.argocd import ARGOCD
from gitops.doctor.logs.builds import BUILDS
from gitops.doctor.logs.cluster import CLUSTER
from gitops.doctor.logs.events import event, in_commit_message, plain
from gitops.doctor.logs.fault import Fault, Symptom
from gitops.doctor.logs.git import GIT
from gitops.doctor.logs.network import NETWORK
from gitops.doctor.logs.page import PAGE
from gitops.doctor.logs.pods import PODS
from gitops.doctor.logs.registry import REGISTRY
from gitops.doctor.logs.workflows import WORKFLOWS

FAULTS: tuple[Fault, ...] = (*REGISTRY, *BUILDS, *WORKFLOWS, *GIT, *PODS, *CLUSTER, *ARGOCD, *NETWORK, *PAGE)

MOST_CHARACTERS = 2**30
_BLOCK = 20_000
_LONGEST_END = 4000
_OVERLAP = 500
_MANY_WORDS = 6
# A step that fails says so within so many lines.
_SOON = 10
_STEP_FAILS = ("##[error]", "error: process completed with exit code", "make: ***")

# What separates words within a line.
_SEPARATORS = bytes(
    32 if code < 128 and not (chr(code).isalnum() or chr(code) in "_\n") else code for code in range(256)
)
_PUNCTUATION = "‘’“”…"


def _by_word() -> dict[str, list[tuple[Symptom, Fault]]]:
    table: dict[str, list[tuple[Symptom, Fault]]] = {}
    for fault in FAULTS:
        for symptom in fault.symptoms:
            table.setdefault(symptom.rarest, []).append((symptom, fault))
    return table


# Most blocks of lines have none of these words, and need not be compared with any pattern.
_BY_WORD = _by_word()
_RAREST = frozenset(_BY_WORD)


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

    def add(self, first: int, text: str) -> None:
        """Adds the faults in a text, whose first line has the number `first`."""
        lower = plain(text).lower()
        # All at once, since it takes as long for each line as all else that is done with one.
        words = _separated(lower)
        candidates = _candidates(words)
        wanted = {symptom.rarest for symptom, _ in candidates}
        if self.undecided or any(fault.ends_step for _, fault in candidates):
            wanted.update(_STEP_FAILS)
        if not wanted:
            return
        lines, lower_lines, words_of_lines = text.split("\n"), lower.split("\n"), words.split("\n")
        # Looking for many words takes longer than looking at every line.
        for index in sorted(_lines_with(wanted, lower)) if len(wanted) <= _MANY_WORDS else range(len(lines)):
            if self.undecided:
                self._decide(first + index, lower_lines[index])
            # Most lines have the words of only a few of the symptoms that are in the block.
            self._add(first + index, lines, index, _candidates(words_of_lines[index]))

    def _add(self, number: int, lines: list[str], index: int, candidates: list[tuple[Symptom, Fault]]) -> None:
        """Counts the faults that a line reports, of those whose words it has."""
        if not (candidates and (text := event(lines[index]))):
            return
        lower = text.lower()
        faults = {fault.id: fault for symptom, fault in candidates if symptom.is_in(text, lower)}
        if faults and not in_commit_message(lines, index):
            for fault in faults.values():
                if fault.ends_step:
                    self.undecided.append(Sighting(fault, number, text, number))
                else:
                    self._count(fault, number, text)

    def _decide(self, number: int, lower: str) -> None:
        self.undecided = [sighting for sighting in self.undecided if number - sighting.line <= _SOON]
        if any(words in lower for words in _STEP_FAILS):
            for sighting in self.undecided:
                self._count(sighting.fault, sighting.line, sighting.text)
            self.undecided = []

    def _count(self, fault: Fault, line: int, text: str) -> None:
        known = self.seen.get(fault.id)
        if known is None:
            self.seen[fault.id] = Sighting(fault, line, text, line)
        elif known.last != line:
            known.last = line
            known.times += 1

    def unexplained(self) -> list[Sighting]:
        explained = {general for sighting in self.seen.values() for general in sighting.fault.explains}
        left = [sighting for sighting in self.seen.values() if sighting.fault.id not in explained]
        return [sighting for sighting in left if not sighting.fault.general] or left


def sightings(log: TextIO) -> list[Sighting]:
    """In the order in which they first appear, without those that another one explains.

    Of an endless log it reads no more than MOST_CHARACTERS.
    """
    sightings = _Sightings()
    for first, text in _blocks(log):
        sightings.add(first, text)
    return sightings.unexplained()


def report(sightings: list[Sighting]) -> str:
    """The text of `gitops explain-log`: each fault with its cause, and what to do."""
    if not sightings:
        return "No known fault is in this log.\n"
    return "\n".join(_paragraph(sighting) for sighting in sightings)


def _blocks(log: TextIO) -> Iterator[tuple[int, str]]:
    """The log in parts that end where a line does, or in a line without end, with the number of their first line."""
    first, before, left = 1, "", MOST_CHARACTERS
    while left > 0 and (text := log.read(_BLOCK) + log.readline(_LONGEST_END)):
        left -= len(text)
        yield first, before + text
        first += text.count("\n")
        # A phrase may be cut in two here; this is its first part.
        before = "" if text.endswith("\n") else (before + text).rpartition("\n")[2][-_OVERLAP:]


def _separated(text: str) -> str:
    """The text with a space in place of what separates words. Of bytes, as a text that is not ASCII is slow to map."""
    for character in _PUNCTUATION:
        text = text.replace(character, " ")
    return text.encode(errors="replace").translate(_SEPARATORS).decode()


def _candidates(text: str) -> list[tuple[Symptom, Fault]]:
    """The symptoms all of whose words are in a text of words. This takes no longer when there are more."""
    words = set(text.split())
    return [one for word in words & _RAREST for one in _BY_WORD[word] if one[0].words <= words]


def _lines_with(words: Iterable[str], text: str) -> set[int]:
    """The indices of the lines that have one of the words."""
    lines = set()
    for word in words:
        line = start = 0
        while (at := text.find(word, start)) >= 0:
            line += text.count("\n", start, at)
            lines.add(line)
            start = text.find("\n", at)
            if start < 0:
                break
    return lines


def _paragraph(sighting: Sighting) -> str:
    times = f", {sighting.times} times" if sighting.times > 1 else ""
    check = f"    Check: gitops doctor explain {sighting.fault.check}\n" if sighting.fault.check else ""
    return (
        f"{sighting.fault.id} (line {sighting.line}{times})\n    {sighting.text[:200]}\n"
        f"    Cause: {sighting.fault.cause}\n    Fix:   {sighting.fault.remedy}\n{check}"
    )
