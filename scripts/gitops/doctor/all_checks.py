"""The table of all checks: what runs, what `gitops doctor explain` tells, and what the README lists.

A new check is a function in the module of its subject in `checks`; a rule between rendered objects belongs to
gitops.manifests.rules.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from gitops.doctor.check import Check, CheckFailed, Finding, reason
from gitops.doctor.checkout import Checkout
from gitops.doctor.checks import (
    applications,
    builds,
    images,
    jobs,
    manifests,
    objects,
    online,
    publishing,
    settings,
    sources,
    triggers,
    writers,
)
from gitops.doctor.nodes import Location
from gitops.errors import BadInput
from gitops.printable import line
from gitops.text import Text

_MODULES = (images, triggers, writers, publishing, jobs, builds, applications, manifests, settings, sources, online)

FAILED = Check(
    "checks-end",
    "error",
    "Checks end",
    Text(
        "Whatever the check did not get to look at may have any fault.",
        "検査が最後まで見られなかったところには、どんな障害があるか分かりません。",
    ),
    "Correct the value that it names. If Kubernetes or GitHub accepts that value, the check is at fault: report it.",
    lambda checkout: iter(()),
)

# In the order in which the modules define them.
ALL: tuple[Check, ...] = (
    *(value for module in _MODULES for value in vars(module).values() if isinstance(value, Check)),
    *objects.OF_RULES,
    FAILED,
)
CHECKS = {check.id: check for check in ALL}


def examine(checkout: Checkout) -> list[Finding]:
    """The findings of all checks, in the order of file and line; the checks of `online` run only where the facts are
    known."""
    return in_order(found for check in ALL for found in _findings(check, checkout))


def _findings(check: Check, checkout: Checkout) -> Iterator[Finding]:
    """The findings of one check. A check that fails becomes a finding itself, and stops no other check."""
    try:
        for problem in check.find(checkout):
            yield Finding(check, problem.location, line(problem.what), problem.decided)
    except CheckFailed as error:
        yield Finding(FAILED, error.location, line(f"{check.id} failed: {error.what}"))
    except Exception as error:  # a checkout is data from outside, and may be anything
        yield Finding(FAILED, Location("."), line(f"{check.id} failed: {reason(error)}"))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without repetitions, in the order of file and line."""
    return sorted(
        dict.fromkeys(findings), key=lambda one: (one.location.path, one.location.line, one.check.id, one.what)
    )


def check_named(name: str) -> Check:
    """The check with this id. Raises BadInput when there is none."""
    if name not in CHECKS:
        near = ", ".join(get_close_matches(name, CHECKS)) or "none that is near"
        raise BadInput(f"There is no check {name!r}; similar: {near}.", "`gitops doctor list` lists them.")
    return CHECKS[name]
