"""What a rule says when it does not hold."""

from collections.abc import Callable
from dataclasses import dataclass

from gitops.manifests.objects import Objects


@dataclass(frozen=True)
class Violation:
    """`where` is an object as kubectl calls it, `what` one sentence that says what is wrong with it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


Rule = Callable[[Objects], list[Violation]]
