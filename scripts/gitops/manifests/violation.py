"""What a rule reports where it does not hold."""

from dataclasses import dataclass

from gitops.manifests.objects import Path


@dataclass(frozen=True)
class Violation:
    """`where` is an object as kubectl calls it, `what` one sentence that says what is wrong with it.

    `path` leads to the value to change, as far as there is one. When `decided` is false the objects do not tell whether
    it is wrong, and the sentence says why.
    """

    where: str
    what: str
    path: Path = ()
    decided: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"
