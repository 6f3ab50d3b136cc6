"""What was deployed, when, and by which commit."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from gitops.git.change import Heads
from gitops.git.client import Git
from gitops.operations.context import chosen
from gitops.operations.deployed import Deployment, deployments
from gitops.overlays import store


@dataclass(frozen=True, slots=True)
class Row:
    """A deployment; the table and the JSON have these fields."""

    overlay: str
    component: str
    commit: str | None
    previous: str | None
    deployed: datetime | None
    deployed_by: str
    image: str


@dataclass(frozen=True, slots=True)
class History:
    """The last `limit` deployments of an overlay; None as `component` means both."""

    overlay: str
    component: str | None
    limit: int

    def __call__(self, tree: Git, heads: Heads) -> list[Row]:
        store.read(tree.root, self.overlay)
        wanted = chosen(self.component)
        shown = (d for d in deployments(tree, heads.deployed, self.overlay) if d.component in wanted)
        return [self._row(tree, deployment) for deployment in islice(shown, self.limit)]

    def _row(self, tree: Git, deployment: Deployment) -> Row:
        time = tree.commit_time(deployment.commit)
        return Row(
            self.overlay,
            deployment.component,
            deployment.image.commit,
            deployment.previous.commit if deployment.previous else None,
            time,
            deployment.commit,
            deployment.image.reference,
        )
