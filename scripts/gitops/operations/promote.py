"""Gives an overlay the very images that another one runs; nothing is built."""

from dataclasses import dataclass

from gitops.errors import BadInput, Held, NoSuchImage
from gitops.git.change import Edit, Heads, Result
from gitops.git.client import Git
from gitops.model import Image, short
from gitops.operations.commit_messages import Move, message
from gitops.operations.context import Context, chosen
from gitops.overlays import store
from gitops.overlays.settings import MAIN
from gitops.overlays.store import Overlay


@dataclass(frozen=True, slots=True)
class Promote:
    """None as `source` means the overlay that the target follows."""

    context: Context
    source: str | None
    target: str
    component: str | None = None

    def __call__(self, tree: Git, heads: Heads) -> Edit:
        target = store.read(tree.root, self.target)
        source = store.read(tree.root, self.source or _followed(target))
        components = [name for name in chosen(self.component) if self.component or name in target.images]
        images = {name: self._checked(tree, source, target, name) for name in components}
        moves = [
            Move(target.name, name, target.image(name), image)
            for name, image in images.items()
            if image != target.image(name)
        ]
        if moves:
            store.write_images(target, images)
        report = [
            Result(
                target.name,
                "promote" if image != target.image(name) else "keep",
                name,
                image.commit,
                image.reference,
                f"{source.name} runs it",
            )
            for name, image in images.items()
        ]
        return Edit(message("Promote", moves, f"Promoted from {source.name}"), [target.name], report)

    def _checked(self, tree: Git, source: Overlay, target: Overlay, component: str) -> Image:
        """The image to promote. Raises Held, BadInput or NoSuchImage when it should not be."""
        image, current = source.image(component), target.image(component)
        if image.commit is None:
            raise BadInput(f"{source.name} runs no {component} yet.", "Run `gitops update` first.")
        if image == current:
            return image
        if hold := target.holds.get(component):
            raise Held(
                f"{component} of {target.name} is held: {hold.reason}",
                f"Run `gitops release --overlay {target.name} --component {component}` first.",
            )
        if current.commit and tree.relation(current.commit, image.commit) == "behind":
            raise BadInput(
                f"{source.name} runs the {component} {short(image.commit)}, which is older than {target.name}'s.",
                f"Use `gitops rollback --overlay {target.name} --component {component} --to {image.commit}`.",
            )
        if not self.context.registry.has(self.context.path(component), image.digest):
            raise NoSuchImage(f"The registry does not hold {image.reference}.", f"Update {source.name} first.")
        return image


def _followed(target: Overlay) -> str:
    if target.follows == MAIN:
        raise BadInput(
            f"The overlay {target.name} follows main, and nothing says from which overlay to promote.",
            f"Say --from OVERLAY, or write `follows: OVERLAY` into {store.settings_path(target.name)}.",
        )
    return target.follows
