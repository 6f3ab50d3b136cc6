"""How far a class is, computed from the students' branches alone."""

import os
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from gitops.git.client import Git
from gitops.practice import own, verdicts
from gitops.practice.check import Failure, Verdict
from gitops.practice.incident import Incident
from gitops.practice.markers import BRANCHES, Attempt, Commit, attempts
from gitops.practice.progress import Judge, Progress
from gitops.practice.trees import Trees

# Who takes so many times as long as half of those who solved it may want help.
_LONG = 1.5


@dataclass(frozen=True, slots=True)
class Row:
    """A student at an incident. `alike`: others who solved it with the very same changes; `authors`: strangers."""

    student: str
    incident: str
    variant: int
    verdict: Verdict
    since: datetime
    minutes: int
    commits: int
    failures: tuple[Failure, ...]
    alike: tuple[str, ...] = ()
    stuck: bool = False
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """`commonest`: for each incident what fails most, and for how many students."""

    rows: tuple[Row, ...]
    commonest: Mapping[str, tuple[str, int]]


def branches(git: Git, remote: str) -> dict[str, str]:
    """The students' branches by student: those of the remote as they were fetched last, or else those here."""
    found: dict[str, str] = {}
    for prefix in (f"refs/heads/{BRANCHES}", f"refs/remotes/{remote}/{BRANCHES}"):
        names = git.run("for-each-ref", "--format=%(refname)", prefix).split()
        found |= {name.removeprefix(prefix): name for name in names}
    return found


def report(git: Git, heads: Mapping[str, str], incidents: Mapping[str, Incident], now: datetime) -> Report:
    """Of each student's branch; what is of no known incident is left out. Who is not done is at it until now."""
    judge = Judge(Trees(git), verdicts.kept(git))
    known = {student: _newest(attempts(git, head), incidents) for student, head in heads.items()}
    given = [(student, one) for student, listed in known.items() for one in listed]
    judge.prepare((one, incidents[one.marker.incident]) for _, one in given)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        judged = pool.map(lambda one: judge.progress(one[1], incidents[one[1].marker.incident]), given)
        found = [(student, progress) for (student, _), progress in zip(given, judged, strict=True)]
    judge.verdicts.save()
    alike, usual = _alike(judge.trees, found), _usual((one for _, one in found), now)
    rows = [_row(student, one, alike.get(one.attempt.start.id, ()), usual, now) for student, one in found]
    return Report(tuple(sorted(rows, key=lambda row: (row.student, row.since))), _commonest(rows))


def _newest(found: Iterable[Attempt], incidents: Mapping[str, Incident]) -> list[Attempt]:
    """The last attempt at each incident."""
    return list({one.marker.incident: one for one in found if one.marker.incident in incidents}.values())


def _row(student: str, one: Progress, alike: Sequence[str], usual: Mapping[str, float], now: datetime) -> Row:
    marker, minutes = one.attempt.marker, round(one.took(now).total_seconds() / 60)
    authors = Counter(commit.author for commit in one.attempt.own)
    own = authors.most_common(1)[0][0] if authors else ""
    return Row(
        student=student,
        incident=marker.incident,
        variant=marker.variant + 1,
        verdict=one.verdict,
        since=one.attempt.broken.when,
        minutes=minutes,
        commits=one.commits,
        failures=one.judgement.failures,
        alike=tuple(other for other in alike if other != student),
        stuck=one.solved is None and minutes > _LONG * usual.get(marker.incident, float("inf")),
        authors=tuple(sorted(authors.keys() - {own})),
    )


def _usual(found: Iterable[Progress], now: datetime) -> dict[str, float]:
    """How many minutes half of those who solved an incident took at most."""
    took = defaultdict(list)
    for one in found:
        if one.solved:
            took[one.attempt.marker.incident].append(one.took(now).total_seconds() / 60)
    return {incident: statistics.median(minutes) for incident, minutes in took.items()}


def _commonest(rows: Iterable[Row]) -> dict[str, tuple[str, int]]:
    failing: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        failing[row.incident].update(list(dict.fromkeys(one.requirement for one in row.failures)))
    return {incident: counter.most_common(1)[0] for incident, counter in failing.items() if counter}


def _alike(trees: Trees, found: Sequence[tuple[str, Progress]]) -> dict[str, list[str]]:
    """Who solved an incident with the very same changes, by the commit at which it began."""
    solved = [(student, one.attempt, one.solved) for student, one in found if one.solved]
    trees.load(commit.tree for _, one, end in solved for commit in (one.broken, end))
    same = defaultdict(list)
    for student, one, end in solved:
        same[_changes(trees, one, end)].append((student, one.start.id))
    return {start: [student for student, _ in listed] for listed in same.values() for _, start in listed}


def _changes(trees: Trees, attempt: Attempt, end: Commit) -> tuple[object, ...]:
    """What a student changed from what the colleagues left; the same for two who wrote the same."""
    before, after = trees.manifests(attempt.broken.tree), trees.manifests(end.tree)
    paths = (path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    changed = {path: f"{before.get(path)}\0{after.get(path)}" for path in paths}
    return (attempt.marker.incident, *own.anonymous(changed, attempt.marker.overlay))
