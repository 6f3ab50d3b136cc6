"""What a rule is: one declaration, from which the doctor, its README, the tests and the practice take all they say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from gitops.manifests.objects import Objects
from gitops.manifests.program import Programs
from gitops.manifests.violation import Violation
from gitops.text import Text

Severity = Literal["error", "warning"]
Find = Callable[[Objects], list[Violation]]
FindWith = Callable[[Objects, Programs], list[Violation]]


@dataclass(frozen=True)
class Requirement:
    """`name` states it, `why` says what is seen when it is not met, and `fix` how to meet it."""

    name: str
    severity: Severity
    why: Text
    fix: Text


@dataclass(frozen=True)
class Rule(Requirement):
    """A requirement of rendered objects, with the pure function that finds where it is not met."""

    find: Find

    def __call__(self, objects: Objects) -> list[Violation]:
        return self.find(objects)


@dataclass(frozen=True)
class ProgramRule(Requirement):
    """A rule that depends on what the programs in the images do, and says nothing of other images."""

    find: FindWith

    def of(self, programs: Programs) -> Rule:
        return Rule(self.name, self.severity, self.why, self.fix, lambda objects: self.find(objects, programs))


def rule(severity: Severity, *, why: Text, fix: Text) -> Callable[[Find], Rule]:
    """Makes a rule of a function whose name states the requirement."""
    return lambda find: Rule(find.__name__, severity, why, fix, find)


def program_rule(severity: Severity, *, why: Text, fix: Text) -> Callable[[FindWith], ProgramRule]:
    """The same for a function that asks for `programs` too."""
    return lambda find: ProgramRule(find.__name__, severity, why, fix, find)
