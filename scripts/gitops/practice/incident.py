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
    """One variant of what is wrong with a change. `finds` are exactly the requirements that it breaks."""

    diffs: tuple[Diff, ...]
    finds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """A colleague's commit: its purpose and, in one commit of the incident, the variants of its fault."""

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
        return next(change.faults for change in self.changes if change.faults)

    def fault(self, variant: int) -> Fault:
        """Accepts any number: anybody may write a marker, also with a variant that does not exist."""
        return self.faults[variant % len(self.faults)]

    def commits(self, variant: int) -> Iterator[tuple[str, tuple[Diff, ...]]]:
        """The message and the diffs of each of the colleagues' commits, with the fault of this variant."""
        for change in self.changes:
            yield change.message, change.purpose + (change.faults[variant].diffs if change.faults else ())

    @property
    def purpose(self) -> tuple[Diff, ...]:
        """The colleagues' changes without the fault."""
        return tuple(diff for change in self.changes for diff in change.purpose)
