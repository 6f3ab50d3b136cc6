"""A student's way through an incident, on the cluster and beside other students."""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue

from bootstrap.cluster.timeline import Timeline, wait
from gitops.practice import answers, library
from gitops.practice.incident import Incident
from gitops.practice.keep import NAME
from tests.cluster.loop import PATIENCE
from tests.cluster.student import RELEASES, Student
from tests.practice.test_incidents import ANSWERS

# These add an object. Argo CD deletes it once everything else is healthy, which the next incident would prevent.
ADDING = ("wrong-key", "two-masters")
# Those that take longest come first.
INCIDENTS = sorted(library.every(None).values(), key=lambda incident: (incident.id not in ADDING, -incident.level))


@dataclass(frozen=True)
class Walkthrough:
    """When a student's page was broken, in seconds of the monotonic clock."""

    broken: float
    solved: float


Walkthroughs = dict[str, Future[Walkthrough]]
"""By incident."""


@contextmanager
def at_work(students: Sequence[Student], incidents: Iterable[Incident]) -> Iterator[Walkthroughs]:
    """The students work at the same time; each takes the next incident when done with one."""
    free = SimpleQueue[Student]()
    for student in students:
        free.put(student)

    def next_walkthrough(incident: Incident) -> Walkthrough:
        student = free.get()
        try:
            return walkthrough(student, incident)
        finally:
            free.put(student)

    with ThreadPoolExecutor(len(students)) as pool:
        yield {incident.id: pool.submit(next_walkthrough, incident) for incident in incidents}
        pool.shutdown(cancel_futures=True)


def walkthrough(student: Student, incident: Incident) -> Walkthrough:
    """Begins an incident until its symptom is seen, tries a wrong answer, then a right one."""
    timeline, variant = Timeline(), library.variant_for(incident, student.name)
    known = answers.read(ANSWERS / f"{incident.id}.md")
    right = next(answer for answer in known if not answer.refused_by)
    wrong = next(answer for answer in known if answer.refused_by not in ("", NAME))
    student.begin_until_seen(incident, variant)
    broken = time.monotonic()
    timeline.done(f"{incident.id} is seen by {student.name}")
    # A Service asks for the new label at once, and the pods that have it are refused.
    assert ("<html" in student.ask("")) == (incident.id != "immutable")
    verdict, missed = student.check()
    assert (verdict, incident.faults[variant].finds <= missed) == ("open", True), missed
    student.answer([*incident.purpose, *wrong.diffs])
    verdict, missed = student.check()
    assert (verdict, wrong.refused_by in missed) == ("open", True), missed
    timeline.done(f"{incident.id} is open again: {', '.join(sorted(missed))}")
    student.answer([*incident.purpose, *right.diffs])
    student.settle()
    wait("the fix", lambda: student.check()[0] == "solved", PATIENCE, lambda: str(student.check()))
    timeline.done(f"{incident.id} is solved")
    if RELEASES in incident.needs:
        tally = student.release()
        assert set(tally.statuses) == {200}, tally
    solved = time.monotonic()
    if incident.id in ADDING:
        student.answer([])
        student.settle()
    return Walkthrough(broken, solved)
