"""An incident: what colleagues changed and why, what users say, and what is asked for until it is solved."""

from collections.abc import Iterator
from dataclasses import dataclass

from gitops.practice.diffs import Diff
from gitops.practice.keep import Keep
from gitops.text import Text

LAYERS = {
    "network": Text("network", "ネットワーク"),
    "workload": Text("workload", "ワークロード"),
    "security": Text("security", "セキュリティ"),
    "capacity": Text("capacity", "容量"),
    "kustomize": Text("kustomize", "kustomize"),
    "argocd": Text("Argo CD", "Argo CD"),
    "rollout": Text("rollout", "ロールアウト"),
    "configuration": Text("configuration", "設定"),
    "git": Text("git", "git"),
    "data": Text("data", "データ"),
}
LEVELS = range(1, 5)


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong in a change: one of its variants. `finds` are the requirements that it breaks, and no others."""

    diffs: tuple[Diff, ...]
    finds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """A colleague's commit: what it is for, and, in one commit of the incident, what went wrong with it."""

    message: str
    purpose: tuple[Diff, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """`shows`: what the commands `look` print on a cluster, in this order, where `*` stands for anything within a line;
    `log`: the faults that `gitops explain-log` names in it.

    `needs`: what the cluster must have for it to be seen. `seen`: addresses of where it has happened.
    """

    id: str
    title: Text
    level: int
    minutes: int
    layer: str
    seen: tuple[str, ...]
    needs: tuple[str, ...]
    log: frozenset[str]
    shows: tuple[str, ...]
    look: str
    ticket: Text
    changes: tuple[Change, ...]
    keep: tuple[Keep, ...]
    hints: tuple[Text, ...]
    lesson: Text

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Its variants."""
        return next(one.faults for one in self.changes if one.faults)

    def fault(self, variant: int) -> Fault:
        """That of any number: a marker, which anybody may write, may name a variant that there is not."""
        return self.faults[variant % len(self.faults)]

    def commits(self, variant: int) -> Iterator[tuple[str, tuple[Diff, ...]]]:
        """The message and the diffs of each of the colleagues' commits, with the fault of this variant."""
        for one in self.changes:
            yield one.message, one.purpose + (one.faults[variant].diffs if one.faults else ())

    @property
    def purpose(self) -> tuple[Diff, ...]:
        """What the colleagues wanted, without the fault."""
        return tuple(diff for one in self.changes for diff in one.purpose)
