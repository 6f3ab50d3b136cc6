"""What each overlay runs, and how far that is from what it could run."""

from dataclasses import dataclass
from typing import Any

from gitops import desired, overlays
from gitops.git import Git
from gitops.model import COMPONENTS, Image
from gitops.operations.context import Context
from gitops.operations.update import newest_image
from gitops.overlays import Overlay


@dataclass(frozen=True, slots=True)
class Status:
    """`overlay` None is all."""

    context: Context
    overlay: str | None = None

    def __call__(self, tree: Git, head: str) -> list[dict[str, Any]]:
        history = tree.first_parents(head)
        found = [overlays.read(tree.root, self.overlay)] if self.overlay else overlays.read_all(tree.root)
        used = {name for overlay in found for name in overlay.images}
        newest = {name: newest_image(self.context, history, name) for name in COMPONENTS if name in used}
        present: dict[tuple[str, Image], bool] = {}
        for overlay in found:
            for name, image in overlay.images.items():
                if image.commit and (name, image) not in present:
                    present[name, image] = self.context.registry.has(self.context.path(name), image.digest)
        return [
            _row(tree, history, overlay, name, image, newest[name], present.get((name, image), False))
            for overlay in found
            for name, image in overlay.images.items()
        ]


def _row(
    tree: Git, history: list[str], overlay: Overlay, component: str, image: Image, newest: Image | None, present: bool
) -> dict[str, Any]:
    hold, time = overlay.holds.get(component), image.commit and tree.commit_time(image.commit)
    return {
        "overlay": overlay.name,
        "component": component,
        "commit": image.commit,
        "committed": time.isoformat() if time else None,
        "behind": desired.behind(history, image.commit, newest.commit if newest else None),
        "follows": overlay.follows,
        "hold": hold.reason if hold else None,
        "image": image.reference,
        "present": present,
    }
