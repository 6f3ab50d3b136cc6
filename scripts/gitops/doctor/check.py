"""What a check is, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Location
from gitops.manifests.rule import Severity
from gitops.text import Text

Verdict = Severity | Literal["not decided"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Where something is wrong, and what, in one sentence.

    When `decided` is false the checkout does not tell whether it is wrong, and the sentence says why: that is neither
    a fault nor health.
    """

    location: Location
    what: str
    decided: bool = True


@dataclass(frozen=True)
class Check:
    """A requirement, what is seen where it is not met (`why`), and the function that finds where that is."""

    id: str
    severity: Severity
    title: str
    why: Text
    fix: str
    find: Callable[[Checkout], Iterator[Problem]]


class CheckFailed(Exception):
    """A check could not continue because of a value at this location."""

    def __init__(self, location: Location, what: str) -> None:
        self.location, self.what = location, what
        super().__init__(location, what)


def reason(error: Exception) -> str:
    """Why a check stopped, in words that help to correct the value or the check."""
    return f"{type(error).__name__}: {error}"


@dataclass(frozen=True, slots=True)
class Finding:
    check: Check
    location: Location
    what: str
    decided: bool = True

    @property
    def verdict(self) -> Verdict:
        return self.check.severity if self.decided else "not decided"


def check(severity: Severity, *, why: Text, fix: str) -> Callable[[Callable[[Checkout], Iterator[Problem]]], Check]:
    """Makes a check of a function whose name states the requirement."""

    def make(find: Callable[[Checkout], Iterator[Problem]]) -> Check:
        return Check(find.__name__.replace("_", "-"), severity, title(find.__name__), why, fix, find)

    return make


def title(name: str) -> str:
    return name.replace("_", " ").capitalize()
