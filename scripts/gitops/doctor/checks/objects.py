"""The rules between rendered objects (gitops.manifests.rules) as checks."""

from collections.abc import Iterator

from gitops.doctor import located
from gitops.doctor.check import Check, Problem, title
from gitops.doctor.checkout import Checkout
from gitops.manifests.rule import ProgramRule, Rule
from gitops.manifests.rules import PROGRAM_RULES, RULES


def _of_rule(rule: Rule | ProgramRule) -> Check:
    def find(checkout: Checkout) -> Iterator[Problem]:
        known = rule if isinstance(rule, Rule) else rule.of(checkout.sources.programs)
        return located.problems(checkout, known)

    return Check(rule.name.replace("_", "-"), rule.severity, title(rule.name), rule.why, rule.fix.en, find)


OF_RULES = (*map(_of_rule, RULES), *map(_of_rule, PROGRAM_RULES))
