"""Whether an incident is what it says: what CI asks of every one, and `gitops practice try` of one's own."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from gitops.doctor import all_checks
from gitops.doctor.logs import log_reader
from gitops.errors import BadInput
from gitops.git.client import Git
from gitops.manifests.objects import Object
from gitops.operations.context import Context
from gitops.operations.students import AddStudents
from gitops.overlays.store import LOCAL
from gitops.practice import diffs, own, state
from gitops.practice.answers import Answer
from gitops.practice.check import Judgement, Verdict, check
from gitops.practice.diffs import Diff, Files
from gitops.practice.incident import Incident
from gitops.practice.keep import NAME
from gitops.practice.ratchet import GUARDS
from gitops.practice.show import STATES
from gitops.practice.state import State
from gitops.practice.words import said
from gitops.text import Text

STUDENT = "ada"
_FEWEST_WRONG, _FEWEST_RIGHT = 2, 1
# Shorter lines of YAML, such as `to:`, occur in any text.
_SHORTEST = 5
_KNOWN = {NAME, *(guard.name for guard in GUARDS), *all_checks.CHECKS}

_TOO_FEW = Text(
    "It needs at least {right} right answer and {wrong} wrong ones.",
    "正しい答えが {right} つ以上、間違った答えが {wrong} つ以上必要です。",
)
_GIVEN_AWAY = Text("Hint {number} gives the fix away: {line}", "ヒント {number} が直し方を明かしています：{line}")
_PASTED = Text("Hint {number} has something to paste.", "ヒント {number} に、貼り付けられるものがあります。")
_OTHER_THINGS = Text(
    "The two languages do not name the same things in «{start}…»: {names}",
    "「{start}…」で、2 つの言語の挙げるものが違います：{names}",
)
_UNKNOWN = Text("There is no requirement {name!r}.", "{name!r} という要件はありません。")
_OTHER_LOG = Text(
    "explain-log names {found} in what it shows, not {wanted}.",
    "shows から explain-log が挙げるのは {found} で、{wanted} ではありません。",
)
_NOT_MITIGATED = Text(
    "Without the change it is {verdict}, not mitigated: {found}",
    "変更がないときは応急処置のはずですが、{verdict}です：{found}",
)
_OTHERWISE_FOUND = Text(
    "Variant {number} is found by {found}, not by {wanted}.",
    "バリアント {number} を見つけるのは {found} で、{wanted} ではありません。",
)
_VARIANT_REFUSED = Text(
    "The cluster refuses variant {number}: {why}", "バリアント {number} をクラスターが拒否します：{why}"
)
_ANSWER_REFUSED = Text("The cluster refuses «{title}»: {why}", "「{title}」をクラスターが拒否します：{why}")
_NOT_SOLVED = Text(
    "«{title}» is right, but it is {verdict}: {found}", "「{title}」は正しいはずですが、{verdict}です：{found}"
)
_OTHERWISE_REFUSED = Text(
    "«{title}» is {verdict}: it is refused by {found}, not by {wanted}.",
    "「{title}」は{verdict}です。拒むのは {found} で、{wanted} ではありません。",
)
_NOTHING = Text("nothing", "なし")

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
    right = [answer for answer in answers if not answer.refused_by]
    if len(right) < _FEWEST_RIGHT or len(answers) - len(right) < _FEWEST_WRONG:
        yield said(_TOO_FEW, right=_FEWEST_RIGHT, wrong=_FEWEST_WRONG)
    yield from _spoilers(incident, right)
    for text in (incident.title, incident.ticket, *incident.hints, incident.lesson):
        if _code(text.en) != _code(text.ja):
            yield said(_OTHER_THINGS, start=said(text)[:40], names=_listed(_code(text.en) ^ _code(text.ja)))
    for name in sorted({answer.refused_by for answer in answers if answer.refused_by}.union(*_finds(incident))):
        if name not in _KNOWN:
            yield said(_UNKNOWN, name=name)
    named = {sighting.fault.id for sighting in log_reader.sightings(StringIO("\n".join(incident.shows)))}
    if named != incident.log:
        yield said(_OTHER_LOG, found=_listed(named), wanted=_listed(incident.log))


def _spoilers(incident: Incident, right: Sequence[Answer]) -> Iterator[str]:
    """Hints that hold a line of a fix."""
    fixes = [diff for answer in right for diff in answer.diffs]
    fixes += [diff.undone for fault in incident.faults for diff in fault.diffs]
    lines = {line.strip(" -") for diff in fixes for line in diff.added}
    telling = sorted(line for line in lines if len(line) > _SHORTEST)
    for number, hint in enumerate(incident.hints, 1):
        yield from (said(_GIVEN_AWAY, number=number, line=line) for line in telling if line in f"{hint.en}\0{hint.ja}")
        if "```" in hint.en + hint.ja:
            yield said(_PASTED, number=number)


def _trees(incident: Incident, answers: Sequence[Answer], ground: Ground, refusals: Refusals) -> Iterator[str]:
    start = ground.after()

    def judged(now: State) -> Judgement:
        return check(now, start, incident.keep)

    if (judgement := judged(start)).verdict is not Verdict.MITIGATED:
        yield said(_NOT_MITIGATED, verdict=said(STATES[judgement.verdict]), found=_listed(judgement.requirements))
    for variant, fault in enumerate(incident.faults):
        broken = ground.after(*(diff for _, made in incident.commits(variant) for diff in made))
        judgement = judged(broken)
        if judgement.requirements - {NAME} != fault.finds:
            those = _listed(judgement.requirements)
            yield said(_OTHERWISE_FOUND, number=variant + 1, found=those, wanted=_listed(fault.finds))
        yield from (said(_VARIANT_REFUSED, number=variant + 1, why=why) for why in refusals(broken.objects))
    for answer in answers:
        now = ground.after(*incident.purpose, *answer.diffs)
        yield from _misjudged(answer, judged(now))
        if not answer.refused_by:
            yield from (said(_ANSWER_REFUSED, title=answer.title, why=why) for why in refusals(now.objects))


def _misjudged(answer: Answer, judgement: Judgement) -> Iterator[str]:
    verdict, those = said(STATES[judgement.verdict]), _listed(judgement.requirements)
    if not answer.refused_by and judgement.verdict is not Verdict.SOLVED:
        yield said(_NOT_SOLVED, title=answer.title, verdict=verdict, found=those)
    if answer.refused_by and answer.refused_by not in judgement.requirements:
        yield said(_OTHERWISE_REFUSED, title=answer.title, verdict=verdict, found=those, wanted=answer.refused_by)


def _finds(incident: Incident) -> Iterator[frozenset[str]]:
    return (fault.finds for fault in incident.faults)


def _code(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"`([^`]+)`", text))


def _listed(names: frozenset[str] | set[str]) -> str:
    return ", ".join(sorted(names)) or said(_NOTHING)
