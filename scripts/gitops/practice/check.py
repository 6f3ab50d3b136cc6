"""Judges a tree: what the doctor and the rules find that they did not find at the start, what has become weaker since,
and whether the change still does what it was for."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from gitops.doctor import all_checks
from gitops.doctor.check import Finding, reason
from gitops.doctor.checks.objects import OF_RULES
from gitops.manifests.objects import Objects
from gitops.practice.keep import NAME, Keep
from gitops.practice.ratchet import GUARDS
from gitops.practice.state import State
from gitops.text import Text

_FEW = 3
# Where a rule is broken is for the student to find out.
_RULES = {rule.id for rule in OF_RULES}
# Their findings quote kustomize, the YAML parser or Python.
_QUOTING = {"files-are-valid-yaml", "overlays-render", all_checks.FAILED.id}


class Verdict(StrEnum):
    """`mitigated`: users can work again, but what the change was for is lost."""

    OPEN = "open"
    MITIGATED = "mitigated"
    SOLVED = "solved"


@dataclass(frozen=True, slots=True)
class Failure:
    """A requirement that is not met, in terms of the symptom. `details` says where, unless that is the answer, in names
    and numbers that are the same in every language."""

    requirement: str
    says: Text
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    failures: tuple[Failure, ...]

    @property
    def verdict(self) -> Verdict:
        if not self.failures:
            return Verdict.SOLVED
        only_purpose = all(failure.requirement == NAME for failure in self.failures)
        return Verdict.MITIGATED if only_purpose else Verdict.OPEN

    @property
    def requirements(self) -> frozenset[str]:
        return frozenset(failure.requirement for failure in self.failures)


def check(now: State, start: State, keep: Iterable[Keep] = (), fault: Collection[str] = ()) -> Judgement:
    """Judges a tree against the tree at the start. If it does not render, that is the only failure.

    `fault` are the requirements that the incident's own fault breaks; their failures do not say where, which would be
    the answer.
    """
    broken = tuple(_found(now, start))
    if not now.objects:
        return Judgement(broken or (Failure("overlays-render", all_checks.CHECKS["overlays-render"].why),))
    failures = (*broken, *_lost(start.objects, now.objects), *_missed(now.objects, keep))
    return Judgement(tuple(replace(one, details=()) if one.requirement in fault else one for one in failures))


def _found(now: State, start: State) -> Iterator[Failure]:
    """What the doctor's checks, the rules among them, find that they did not find at the start."""
    known = {(finding.check.id, finding.what) for finding in start.findings}
    new: dict[str, list[Finding]] = {}
    for finding in now.findings:
        if (finding.check.id, finding.what) not in known:
            new.setdefault(finding.check.id, []).append(finding)
    for name, findings in new.items():
        yield Failure(name, findings[0].check.why, () if name in _RULES else tuple(map(_where, findings[:_FEW])))


def _where(finding: Finding) -> str:
    location = f"{finding.location.path}:{finding.location.line}"
    return f"{location}: {finding.what}" if finding.check.id in _QUOTING else location


def _lost(before: Objects, now: Objects) -> Iterator[Failure]:
    for guard in GUARDS:
        try:
            places = list(dict.fromkeys(guard.loss(before, now)))
        except Exception as error:  # objects are data from outside, and may be anything
            places = [reason(error)]
        if places:
            yield Failure(guard.name, guard.says, tuple(places[:_FEW]))


def _missed(now: Objects, keep: Iterable[Keep]) -> Iterator[Failure]:
    return (Failure(NAME, kept.says) for kept in keep if not kept.is_kept(now))
