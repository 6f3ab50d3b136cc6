"""Measure `gitops practice report` on a class that has worked for a term: python -m tests.bench.practice"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from gitops.git.client import Git
from gitops.practice import answers, diffs, library
from gitops.practice.answers import Answer
from gitops.practice.diffs import Diff, Files
from gitops.practice.markers import BRANCHES, Marker
from gitops.practice.trees import Trees
from tests.bench.bars import Bar
from tests.bench.timing import Spent, spent
from tests.practice.school import Desk, new_desk, new_school
from tests.practice.test_incidents import ANSWERS

NAMES = [f"student-{number:02}" for number in range(30)]
TRIES = 5
"""Commits of a student at an incident, the last of which solves it."""
FEW = 3
"""Students no two of whose commits have equal trees."""
_INCIDENTS = [(one, answers.read(ANSWERS / f"{one.id}.md")) for one in library.every(None).values()]
_BEGAN, _SECONDS = 1_800_000_000, 60
_NOTE = "k8s/base/frontend.yaml"


def main() -> int:
    alike, unlike = _class(NAMES, unlike=False), _class(NAMES[:FEW], unlike=True)
    commits = len(_INCIDENTS) * TRIES
    print(
        f"gitops practice report: {len(NAMES)} students, {len(NAMES) * commits:,} commits; equal trees are judged once"
    )
    for name, taken in zip(("first report", "the next one"), alike, strict=True):
        print(f"  {name}: {taken.clock:.1f} s, {taken.processor:.1f} s of the processor")
    print(f"  a commit whose tree nobody else has: {unlike[0].per(FEW * commits)}")
    bar = Bar("gitops practice report: seconds of processor time for the first", alike[0].processor, most=30)
    print(bar)
    return 0 if bar.passed else 1


def _class(names: Sequence[str], *, unlike: bool) -> tuple[Spent, Spent]:
    """What the first report on a class takes, and the next."""
    with TemporaryDirectory(prefix="gitops-bench-") as folder:
        teacher = new_desk(new_school(Path(folder), *names), Path(folder), "teacher")
        _work(teacher, names, unlike=unlike)
        return spent(lambda: _report(teacher, len(names))), spent(lambda: _report(teacher, len(names)))


def _report(teacher: Desk, students: int) -> None:
    done = teacher.practice("report", "--format", "json", "--no-fetch")
    verdicts = [row["verdict"] for row in done.json["rows"]]
    assert verdicts == ["solved"] * students * len(_INCIDENTS), done.err


def _work(teacher: Desk, names: Sequence[str], *, unlike: bool) -> None:
    """Makes a branch for each student, with all incidents solved after some tries."""
    git = Git(teacher.path)
    manifests = Trees(git).manifests(git.tree("HEAD"))
    stream = "".join(text for name in names for text in _branch(name, manifests, unlike=unlike))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=teacher.path, input=stream, text=True, check=True)


def _branch(student: str, manifests: Files, *, unlike: bool) -> Iterator[str]:
    """What `git fast-import` reads: every commit of a student's branch."""
    branch = f"refs/heads/{BRANCHES}{student}"
    yield f"reset {branch}\nfrom refs/heads/main^0\n\n"
    before = manifests
    for number, (message, files) in enumerate(_commits(student, manifests, unlike=unlike)):
        yield f"commit {branch}\ncommitter {student} <{student}@example.org> {_BEGAN + _SECONDS * number} +0000\n"
        yield _data(message)
        for path in sorted(before.keys() | files.keys()):
            if path not in files:
                yield f"D {path}\n"
            elif before.get(path) != files[path]:
                yield f"M 100644 inline {path}\n{_data(files[path])}"
        before = files


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"


def _commits(student: str, manifests: Files, *, unlike: bool) -> Iterator[tuple[str, Files]]:
    """The message and the manifests of each: where an incident begins, what the colleagues did, and the tries."""
    for incident, known in _INCIDENTS:
        variant, steps = library.variant_for(incident, student), list[Diff]()
        commits = list(incident.commits(variant))
        yield Marker(incident.id, variant, student, len(commits)).message, manifests
        for message, changes in commits:
            steps += changes
            yield message, diffs.apply(manifests, steps, student)
        for number, answer in enumerate(_tries(known, NAMES.index(student))):
            tried = diffs.apply(manifests, [*incident.purpose, *answer.diffs], student)
            if unlike:
                tried[_NOTE] += f"# {student} {number}\n"
            yield "Try something", tried


def _tries(known: Sequence[Answer], seat: int) -> list[Answer]:
    """Wrong ones, of which neighbours do not begin with the same, and then a right one."""
    wrong, right = ([one for one in known if bool(one.refused_by) is refused] for refused in (True, False))
    return [*islice(cycle(wrong), seat, seat + TRIES - 1), right[seat % len(right)]]


if __name__ == "__main__":
    sys.exit(main())
