"""Rules over rendered objects: pure functions, each declared with why it matters and how to fix what it finds."""

from gitops.manifests.objects import Objects
from gitops.manifests.program import Programs
from gitops.manifests.rule import ProgramRule, Requirement, Rule
from gitops.manifests.rules import (
    autoscaling,
    availability,
    capacity,
    images,
    network,
    placement,
    ports,
    probes,
    programs,
    references,
    security,
    selectors,
    types,
    urls,
)
from gitops.manifests.violation import Violation

_MODULES = (
    selectors,
    ports,
    urls,
    probes,
    programs,
    references,
    availability,
    autoscaling,
    security,
    images,
    capacity,
    network,
    placement,
    types,
)

# In the order in which the modules declare them.
_DECLARED = [value for module in _MODULES for value in vars(module).values() if isinstance(value, Requirement)]

RULES: tuple[Rule, ...] = tuple(requirement for requirement in _DECLARED if isinstance(requirement, Rule))
PROGRAM_RULES: tuple[ProgramRule, ...] = tuple(
    requirement for requirement in _DECLARED if isinstance(requirement, ProgramRule)
)


def rules_for(programs: Programs) -> tuple[Rule, ...]:
    """All rules, those included that depend on what the programs in the images do."""
    return (*RULES, *(rule.of(programs) for rule in PROGRAM_RULES))


def violations(objects: Objects, rules: tuple[Rule, ...] = RULES) -> dict[str, list[Violation]]:
    """What each rule finds, by the rule's name, without the rules that find nothing."""
    by_rule = {rule.name: rule(objects) for rule in rules}
    return {name: listed for name, listed in by_rule.items() if listed}
