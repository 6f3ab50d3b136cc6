"""What a student reads: the list, a ticket, a judgement, and in the end the lesson."""

import json
from collections.abc import Iterator, Mapping

from gitops.output import aligned
from gitops.practice.check import Failure, Judgement, Verdict
from gitops.practice.diffs import OVERLAY, Diff
from gitops.practice.incident import LAYERS, Incident
from gitops.practice.keep import NAME
from gitops.practice.markers import Marker
from gitops.practice.words import said
from gitops.printable import line
from gitops.text import Text

NEW = "new"
STATES = {
    Verdict.OPEN: Text("open", "対応中"),
    Verdict.MITIGATED: Text("mitigated", "応急処置"),
    Verdict.SOLVED: Text("solved", "解決"),
    NEW: Text("new", "未着手"),
}
_HEADS = (
    Text("incident", "インシデント"),
    Text("level", "難度"),
    Text("minutes", "分"),
    Text("layer", "層"),
    Text("state", "状態"),
    Text("title", "題"),
)
_MINUTES = Text("level {level}, about {minutes} minutes", "難度 {level}、およそ {minutes} 分")
_CONCLUSIONS = {
    Verdict.OPEN: Text("Open. What is not as it should be:", "対応中です。次のことが満たされていません。"),
    Verdict.MITIGATED: Text(
        "Mitigated: users can work again, but what the change was for is lost.",
        "応急処置はできました。利用者は困っていませんが、変更の目的が失われています。",
    ),
    Verdict.SOLVED: Text(
        "Solved: nothing is broken, nothing is weaker than before, and the change does what it was for. "
        "`gitops practice explain` tells the story behind it.",
        "解決しました。壊れたものも、前より弱くなったものもなく、変更の目的も果たされています。"
        "`gitops practice explain` で背景を読めます。",
    ),
}
_PURPOSE = Text("what the change was for", "変更の目的")
_WHAT_IT_WAS = Text("What it was", "何が起きていたか")
_TELLS = Text("What would have told you", "何が教えてくれたはずか")
_SEEN = Text("It has happened to others", "実際にあった例")


def table(incidents: Mapping[str, Incident], states: Mapping[str, str]) -> str:
    """One line per incident."""
    rows = [
        [
            incident.id,
            str(incident.level),
            str(incident.minutes),
            said(LAYERS[incident.layer]),
            said(STATES[states.get(incident.id, NEW)]),
            said(incident.title),
        ]
        for incident in incidents.values()
    ]
    return aligned([[said(head) for head in _HEADS], *rows])


def ticket(incident: Incident) -> str:
    about = said(_MINUTES, level=incident.level, minutes=incident.minutes)
    return f"{incident.id}: {said(incident.title)} ({about})\n\n{said(incident.ticket)}\n"


def judgement(judged: Judgement) -> Iterator[str]:
    yield said(_CONCLUSIONS[judged.verdict])
    for failed in judged.failures:
        name = said(_PURPOSE) if failed.requirement == NAME else failed.requirement
        yield f"  - {said(failed.says)} [{name}]"
        yield from (f"      {line(detail)}" for detail in failed.details)


def as_json(marker: Marker, judged: Judgement) -> str:
    answer = {
        "incident": marker.incident,
        "variant": marker.variant + 1,
        "overlay": marker.overlay,
        "verdict": judged.verdict,
        "failures": [failure(failed) for failed in judged.failures],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def failure(failed: Failure) -> dict[str, object]:
    return {"requirement": failed.requirement, "says": said(failed.says), "details": list(map(line, failed.details))}


def explanation(incident: Incident, marker: Marker) -> Iterator[str]:
    """The lesson, the fault, which checks would have found it, and where it has happened."""
    fault = incident.fault(marker.variant)
    yield said(incident.lesson)
    yield f"\n{said(_WHAT_IT_WAS)}:\n"
    for diff in fault.diffs:
        yield from _lines(diff, marker.overlay)
    checks = [f"gitops doctor explain {name}" for name in sorted(fault.finds)]
    logs = [f"gitops explain-log: {name}" for name in sorted(incident.log)]
    yield f"\n{said(_TELLS)}:"
    yield from (f"  {name}" for name in (*checks, *logs))
    yield f"\n{said(_SEEN)}:"
    yield from (f"  {address}" for address in incident.seen)


def _lines(diff: Diff, overlay: str) -> Iterator[str]:
    old, new = (text.replace(OVERLAY, overlay).splitlines() for text in (diff.old, diff.new))
    yield f"--- {diff.path.replace(OVERLAY, overlay)}"
    yield from (f"-{text}" for text in old if text not in new)
    yield from (f"+{text}" for text in new if text not in old)
