"""Takes components back to an earlier image, and holds them there."""

from dataclasses import dataclass

from gitops.errors import BadInput
from gitops.git.change import Edit, Heads, Result
from gitops.git.client import Git
from gitops.model import Hold, Image, short
from gitops.operations.commit_messages import Move, message
from gitops.operations.context import Context, chosen
from gitops.operations.deployed import deployments
from gitops.operations.images import proof
from gitops.overlays import store
from gitops.overlays.store import Overlay
from gitops.printable import line


@dataclass(frozen=True, slots=True)
class Rollback:
    """`to` names a commit of main. Without it, the component goes to the image that was deployed before, once:
    repeating the rollback changes nothing."""

    context: Context
    overlay: str
    component: str | None = None
    to: str | None = None
    reason: str | None = None

    def __call__(self, tree: Git, heads: Heads) -> Edit:
        overlay = store.read(tree.root, self.overlay)
        components = [name for name in chosen(self.component) if self.component or name in overlay.images]
        images = {name: self._target(tree, heads, overlay, name) for name in components}
        targets = {name: image for name, image in images.items() if image}
        if not targets:
            raise BadInput(
                f"Nothing was deployed before in the overlay {overlay.name}.", "Name a commit of main with --to."
            )
        return self._write(overlay, targets)

    def _target(self, tree: Git, heads: Heads, overlay: Overlay, component: str) -> Image | None:
        """The image to go to; None when nothing else was ever deployed."""
        current, hold = overlay.image(component), overlay.holds.get(component)
        if self.to:
            commit = tree.resolve(self.to)
            if tree.relation(commit, heads.source) not in ("same", "ahead"):
                raise BadInput(f"{self.to} is not a commit of main.", "`gitops history` lists what was deployed.")
        elif hold and hold.rolled_back_from:
            return current
        else:
            commit = _previous(tree, heads.deployed, overlay, component) or ""
        if not commit:
            return None
        return current if commit == current.commit else self.context.verified_image(component, commit)

    def _write(self, overlay: Overlay, targets: dict[str, Image]) -> Edit:
        moves, report = [], []
        for component, image in targets.items():
            current = overlay.image(component)
            hold = self._hold(current, image, overlay.holds.get(component))
            store.write_hold(overlay, component, hold)
            if image != current:
                moves.append(Move(overlay.name, component, current, image))
            report.append(_result(overlay.name, component, image, hold, moved=image != current))
        store.write_images(overlay, targets)
        holds = "\n".join(line(f"{result.component} is held: {result.reason}") for result in report)
        return Edit(message("Roll back", moves, holds, proof=proof(self.context)), [overlay.name], report)

    def _hold(self, current: Image, image: Image, hold: Hold | None) -> Hold:
        if image != current:
            return Hold(self.reason or f"rolled back from {short(current.commit)}", current.commit)
        if hold:
            return Hold(self.reason or hold.reason, hold.rolled_back_from)
        return Hold(self.reason or f"kept at {short(image.commit)}")


def _previous(tree: Git, head: str, overlay: Overlay, component: str) -> str | None:
    """The newest commit that was deployed before and comes before the deployed one in history."""
    current = overlay.image(component).commit
    for deployment in deployments(tree, head, overlay.name):
        commit = deployment.image.commit
        if deployment.component == component and commit and current and tree.relation(current, commit) == "behind":
            return commit
    return None


def _result(overlay: str, component: str, image: Image, hold: Hold, *, moved: bool) -> Result:
    return Result(overlay, "rollback" if moved else "keep", component, image.commit, image.reference, hold.reason)
