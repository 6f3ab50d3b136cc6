"""Markers: empty commits with trailers, which begin an incident in a student's branch, before the colleagues' commits.

All that is known about a student's work is read from these and from the commits that follow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from gitops.git.client import Git, moment

BRANCHES = "practice/"
MOST_COMMITS = 5000
_INCIDENT, _VARIANT, _OVERLAY, _COMMITS = "Practice", "Practice-Variant", "Practice-Overlay", "Practice-Commits"
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Marker:
    """`variant` is counted from 0; `commits` are the colleagues', right after it."""

    incident: str
    variant: int
    overlay: str
    commits: int

    @property
    def message(self) -> str:
        trailers = {
            _INCIDENT: self.incident,
            _VARIANT: self.variant + 1,
            _OVERLAY: self.overlay,
            _COMMITS: self.commits,
        }
        lines = "\n".join(f"{name}: {value}" for name, value in trailers.items())
        return f"Begin the incident {self.incident}\n\n{lines}\n"


@dataclass(frozen=True, slots=True)
class Commit:
    id: str
    tree: str
    when: datetime
    author: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """An incident as the student got it (`start` is the marker, `broken` the colleagues' last commit), and the commits
    of the student since, oldest first."""

    marker: Marker
    start: Commit
    colleagues: tuple[Commit, ...]
    own: tuple[Commit, ...] = ()

    @property
    def broken(self) -> Commit:
        return (self.start, *self.colleagues)[-1]

    @property
    def is_whole(self) -> bool:
        """Whether all of the colleagues' commits are there: not in the midst of them, where `git bisect` goes."""
        return len(self.colleagues) == self.marker.commits

    @property
    def newest(self) -> Commit:
        return (self.start, *self.colleagues, *self.own)[-1]


def attempts(git: Git, head: str) -> list[Attempt]:
    """The attempts in the history of a commit along first parents, oldest first."""
    begun: list[Attempt] = []
    for commit, marker in _commits(git, head):
        if marker:
            begun.append(Attempt(marker, commit, ()))
        elif begun:
            last = begun[-1]
            if last.is_whole:
                begun[-1] = replace(last, own=(*last.own, commit))
            else:
                begun[-1] = replace(last, colleagues=(*last.colleagues, commit))
    return begun


def _commits(git: Git, head: str) -> Iterator[tuple[Commit, Marker | None]]:
    """The commits along first parents, oldest first, each with its marker if it is one."""
    trailers = ",".join(f"key={name}" for name in (_INCIDENT, _VARIANT, _OVERLAY, _COMMITS))
    form = f"--format=%H%x00%T%x00%cI%x00%ae%x00%(trailers:{trailers},unfold)%x01"
    said = git.run("log", "--first-parent", f"--max-count={MOST_COMMITS}", form, head, "--")
    for entry in reversed(said.split("\x01\n")):
        if entry.strip():
            name, tree, when, author, lines = entry.split("\0", 4)
            yield Commit(name.strip(), tree, moment(when), author), _marker(lines)


def _marker(lines: str) -> Marker | None:
    """The marker that the trailers describe; None unless all are well formed, for anybody may write any message."""
    trailers = dict(line.split(": ", 1) for line in lines.rstrip("\x01\n").splitlines() if ": " in line)
    incident, overlay = trailers.get(_INCIDENT, ""), trailers.get(_OVERLAY, "")
    variant, commits = trailers.get(_VARIANT, ""), trailers.get(_COMMITS, "")
    if not (_NAME.fullmatch(incident) and _NAME.fullmatch(overlay) and _is_count(variant) and _is_count(commits)):
        return None
    return Marker(incident, int(variant) - 1, overlay, int(commits))


def _is_count(text: str) -> bool:
    return re.fullmatch("[1-9][0-9]?", text) is not None
