"""Whether an incident is what it says: what CI asks of every one, and `gitops practice try` of one's own."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from gitops.doctor.logs import reading as logs
from gitops.errors import BadInput
from gitops.git.client import Git
from gitops.manifests.objects import Object
from gitops.operations.context import Context
from gitops.operations.students import AddStudents
from gitops.practice import diffs, own, state
from gitops.practice.answers import Answer
from gitops.practice.check import Judgement, Verdict, check
from gitops.practice.diffs import Diff, Files
from gitops.practice.incident import Incident
from gitops.practice.keep import NAME
from gitops.practice.ratchet import GUARDS
from gitops.practice.requirements import is_known
from gitops.practice.state import State

LOCAL, STUDENT = "local", "ada"
_FEWEST_WRONG, _FEWEST_RIGHT = 2, 1
# Shorter lines of YAML, such as `to:`, stand in any text.
_SHORTEST = 5
_OWN = {NAME, *(guard.name for guard in GUARDS)}

Refusals = Callable[[Sequence[Object]], list[str]]
"""What no API server would accept of some objects."""


@dataclass(frozen=True)
class Ground:
    """What incidents are tried on: manifests without fault, the sources of what they run, and an overlay."""

    manifests: Files
    sources: Files
    overlay: str

    def after(self, *changes: Diff) -> State:
        changed = diffs.apply(self.manifests, changes, self.overlay)
        return state.of(own.files(changed, self.overlay), self.sources, self.overlay)


def grounds(git: Git, context: Context) -> list[Ground]:
    """The working tree with the overlay of this machine, and with what `gitops student add` would give a student."""
    manifests = {**state.manifests_in(git), **AddStudents(context, [STUDENT]).files(STUDENT)}
    sources = state.sources_in(git)
    return [Ground(manifests, sources, overlay) for overlay in (LOCAL, STUDENT)]


def problems(
    incident: Incident, answers: Sequence[Answer], ground: Ground, refusals: Refusals = lambda _: []
) -> Iterator[str]:
    """What is wrong with the incident, each as one sentence; nothing when it holds."""
    yield from _texts(incident, answers)
    try:
        yield from _trees(incident, answers, ground, refusals)
    except BadInput as error:
        yield f"{incident.id}: {error}"


def _texts(incident: Incident, answers: Sequence[Answer]) -> Iterator[str]:
    right = [one for one in answers if not one.refused_by]
    if len(right) < _FEWEST_RIGHT or len(answers) - len(right) < _FEWEST_WRONG:
        yield f"it needs {_FEWEST_RIGHT} right answer and {_FEWEST_WRONG} wrong ones at least"
    fixes = [diff for answer in right for diff in answer.diffs]
    fixes += [diff.undone for fault in incident.faults for diff in fault.diffs]
    given = {line.strip(" -") for diff in fixes for line in diff.added}
    for number, hint in enumerate(incident.hints, 1):
        for line in sorted(given):
            if len(line) > _SHORTEST and (line in hint.en or line in hint.ja):
                yield f"hint {number} gives the fix away: {line}"
        if "```" in hint.en + hint.ja:
            yield f"hint {number} has something to paste"
    for text in (incident.title, incident.ticket, *incident.hints, incident.lesson):
        if _code(text.en) != _code(text.ja):
            yield f"the languages name other things in «{text.en[:40]}…»: {_listed(_code(text.en) ^ _code(text.ja))}"
    for name in sorted({answer.refused_by for answer in answers if answer.refused_by}.union(*_finds(incident))):
        if name not in _OWN and not is_known(name):
            yield f"there is no requirement {name}"
    named = {one.fault.id for one in logs.sightings(StringIO("\n".join(incident.shows)))}
    if named != incident.log:
        yield f"explain-log names {_listed(named)} in what it shows, not {_listed(incident.log)}"


def _trees(incident: Incident, answers: Sequence[Answer], ground: Ground, refusals: Refusals) -> Iterator[str]:
    start = ground.after()

    def judged(now: State) -> Judgement:
        return check(now, start, incident.keep)

    if (found := judged(start)).verdict is not Verdict.MITIGATED:
        yield f"without the change it is {found.verdict}, not mitigated: {_listed(found.requirements)}"
    for variant, fault in enumerate(incident.faults):
        broken = ground.after(*(diff for _, made in incident.commits(variant) for diff in made))
        found = judged(broken)
        if found.requirements - {NAME} != fault.finds:
            yield f"variant {variant + 1} is found by {_listed(found.requirements)}, not by {_listed(fault.finds)}"
        yield from (f"variant {variant + 1} is refused by the cluster: {one}" for one in refusals(broken.objects))
    for answer in answers:
        now = ground.after(*incident.purpose, *answer.diffs)
        yield from (f"«{answer.title}» {what}" for what in _misjudged(answer, judged(now)))
        if not answer.refused_by:
            yield from (f"«{answer.title}» is refused by the cluster: {one}" for one in refusals(now.objects))


def _misjudged(answer: Answer, found: Judgement) -> Iterator[str]:
    if not answer.refused_by and found.verdict is not Verdict.SOLVED:
        yield f"is right, but {found.verdict}: {_listed(found.requirements)}"
    if answer.refused_by and answer.refused_by not in found.requirements:
        yield f"is {found.verdict}, refused by {_listed(found.requirements)}, not by {answer.refused_by}"


def _finds(incident: Incident) -> Iterator[frozenset[str]]:
    return (fault.finds for fault in incident.faults)


def _code(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"`([^`]+)`", text))


def _listed(found: frozenset[str] | set[str]) -> str:
    return ", ".join(sorted(found)) or "nothing"
