"""Reads a log line by line, however long it is, and finds the known faults in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gitops.doctor.logs.argocd import ARGOCD
from gitops.doctor.logs.ci import CI
from gitops.doctor.logs.cluster import CLUSTER
from gitops.doctor.logs.fault import Fault

FAULTS: tuple[Fault, ...] = (*CI, *CLUSTER, *ARGOCD)

_LONGEST_LINE = 4000
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass
class Sighting:
    """A fault, the line (counted from 1) that shows it first, and how many lines do."""

    fault: Fault
    line: int
    text: str
    times: int = 1


def sightings(lines: Iterable[str]) -> list[Sighting]:
    """In the order in which they first appear."""
    found: dict[str, Sighting] = {}
    for number, raw in enumerate(lines, start=1):
        line = _COLOURS.sub("", raw[:_LONGEST_LINE]).strip()
        for fault in FAULTS:
            if not fault.pattern.search(line):
                continue
            if fault.id in found:
                found[fault.id].times += 1
            else:
                found[fault.id] = Sighting(fault, number, line)
    return list(found.values())


def report(found: list[Sighting]) -> str:
    """For people: each fault with its cause, and what to do."""
    if not found:
        return "No known fault is in this log.\n"
    return "\n".join(_paragraph(one) for one in found)


def _paragraph(one: Sighting) -> str:
    times = f", {one.times} times" if one.times > 1 else ""
    check = f"    Check: gitops doctor explain {one.fault.check}\n" if one.fault.check else ""
    return (
        f"{one.fault.id} (line {one.line}{times})\n    {one.text[:200]}\n"
        f"    Cause: {one.fault.cause}\n    Mend:  {one.fault.remedy}\n{check}"
    )
