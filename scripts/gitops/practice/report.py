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

# A student may want help after so many times the median of those who solved the incident.
_LONG = 1.5


@dataclass(frozen=True, slots=True)
class Row:
    """A student's progress in an incident. `alike`: other students who solved it with exactly the same changes;
    `authors`: others who committed to the branch."""

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
    """`commonest`: for each incident, the requirement that is missed most often, and by how many students."""

    rows: tuple[Row, ...]
    commonest: Mapping[str, tuple[str, int]]


def branches(git: Git, remote: str) -> dict[str, str]:
    """The newest commits by student: of branches as last fetched from the remote, or else of local ones."""
    heads: dict[str, str] = {}
    for prefix in (f"refs/heads/{BRANCHES}", f"refs/remotes/{remote}/{BRANCHES}"):
        lines = git.run("for-each-ref", "--format=%(objectname) %(refname)", prefix).splitlines()
        heads |= {name.removeprefix(prefix): commit for commit, name in map(str.split, lines)}
    return heads


def report(git: Git, heads: Mapping[str, str], incidents: Mapping[str, Incident], now: datetime) -> Report:
    """Reports on each student's branch. Attempts at unknown incidents are left out; those that are not solved last
    until `now`."""
    judge = Judge(Trees(git), verdicts.kept(git))
    # Those who have not begun have the same commit.
    begun = {head: _newest(attempts(git, head), incidents) for head in set(heads.values())}
    known = {student: begun[head] for student, head in heads.items()}
    given = [(student, attempt) for student, listed in known.items() for attempt in listed]
    all_attempts = [attempt for _, attempt in given]
    judge.prepare((attempt, incidents[attempt.marker.incident]) for attempt in all_attempts)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        judged = pool.map(lambda attempt: judge.progress(attempt, incidents[attempt.marker.incident]), all_attempts)
        by_student = [(student, progress) for (student, _), progress in zip(given, judged, strict=True)]
    judge.verdicts.save()
    alike, usual = _alike(judge.trees, by_student), _usual((progress for _, progress in by_student), now)
    rows = [
        _row(student, progress, alike.get(progress.attempt.start.id, ()), usual, now)
        for student, progress in by_student
    ]
    return Report(tuple(sorted(rows, key=lambda row: (row.student, row.since))), _commonest(rows))


def _newest(begun: Iterable[Attempt], incidents: Mapping[str, Incident]) -> list[Attempt]:
    """The latest attempt at each known incident."""
    return list(
        {attempt.marker.incident: attempt for attempt in begun if attempt.marker.incident in incidents}.values()
    )


def _row(student: str, progress: Progress, alike: Sequence[str], usual: Mapping[str, float], now: datetime) -> Row:
    marker, minutes = progress.attempt.marker, round(progress.took(now).total_seconds() / 60)
    authors = Counter(commit.author for commit in progress.attempt.own)
    own = authors.most_common(1)[0][0] if authors else ""
    return Row(
        student=student,
        incident=marker.incident,
        variant=marker.variant + 1,
        verdict=progress.verdict,
        since=progress.attempt.broken.when,
        minutes=minutes,
        commits=progress.commits,
        failures=progress.judgement.failures,
        alike=tuple(other for other in alike if other != student),
        stuck=progress.solved is None and minutes > _LONG * usual.get(marker.incident, float("inf")),
        authors=tuple(sorted(authors.keys() - {own})),
    )


def _usual(all_progress: Iterable[Progress], now: datetime) -> dict[str, float]:
    """For each incident, the median of the minutes that it took those who solved it."""
    took = defaultdict(list)
    for progress in all_progress:
        if progress.solved:
            took[progress.attempt.marker.incident].append(progress.took(now).total_seconds() / 60)
    return {incident: statistics.median(minutes) for incident, minutes in took.items()}


def _commonest(rows: Iterable[Row]) -> dict[str, tuple[str, int]]:
    failing: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        failing[row.incident].update(list(dict.fromkeys(failure.requirement for failure in row.failures)))
    return {incident: counter.most_common(1)[0] for incident, counter in failing.items() if counter}


def _alike(trees: Trees, by_student: Sequence[tuple[str, Progress]]) -> dict[str, list[str]]:
    """The students who solved an incident with exactly the same changes, by the id of each one's first commit."""
    solved = [(student, progress.attempt, progress.solved) for student, progress in by_student if progress.solved]
    trees.load(commit.tree for _, attempt, end in solved for commit in (attempt.broken, end))
    same = defaultdict(list)
    for student, attempt, end in solved:
        same[_changes(trees, attempt, end)].append((student, attempt.start.id))
    return {start: [student for student, _ in listed] for listed in same.values() for _, start in listed}


def _changes(trees: Trees, attempt: Attempt, end: Commit) -> tuple[object, ...]:
    """A key for the student's changes since the colleagues' last commit, equal for two students with equal changes."""
    before, after = trees.manifests(attempt.broken.tree), trees.manifests(end.tree)
    paths = (path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    changed = {path: f"{before.get(path)}\0{after.get(path)}" for path in paths}
    return (attempt.marker.incident, *own.anonymous(changed, attempt.marker.overlay))
