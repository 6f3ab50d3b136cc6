"""What was deployed, when, and by which commit."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from gitops.git.change import Heads
from gitops.git.client import Git
from gitops.operations.context import chosen
from gitops.operations.deployed import Deployment, deployments
from gitops.overlays import store


@dataclass(frozen=True, slots=True)
class History:
    """The last `limit` deployments of an overlay; `component` None is all."""

    overlay: str
    component: str | None
    limit: int

    def __call__(self, tree: Git, heads: Heads) -> list[dict[str, Any]]:
        store.read(tree.root, self.overlay)
        wanted = chosen(self.component)
        found = (d for d in deployments(tree, heads.deployed, self.overlay) if d.component in wanted)
        return [self._row(tree, deployment) for deployment in islice(found, self.limit)]

    def _row(self, tree: Git, deployment: Deployment) -> dict[str, Any]:
        time = tree.commit_time(deployment.commit)
        return {
            "overlay": self.overlay,
            "component": deployment.component,
            "commit": deployment.image.commit,
            "previous": deployment.previous.commit if deployment.previous else None,
            "deployed": time.isoformat() if time else None,
            "deployed_by": deployment.commit,
            "image": deployment.image.reference,
        }
