"""Decides what overlays should run, and writes it."""

from collections.abc import Collection
from functools import cache

from gitops import desired
from gitops.desired import Decision
from gitops.git.client import Git
from gitops.model import Image
from gitops.operations.commit_messages import Move
from gitops.operations.context import Context
from gitops.operations.images import newest_images
from gitops.overlays import store
from gitops.overlays.store import Overlay


class Decider:
    """Decides for any number of overlays, and asks git and the registry each thing once.

    `faults` has the errors of the components that the registry did not answer for.
    """

    def __init__(self, context: Context, tree: Git, head: str, components: Collection[str]) -> None:
        self._context = context
        history = tree.first_parents(head)
        self.newest, self.faults = newest_images(context, history, components)
        self._relation = cache(tree.relation)
        self._present = cache(context.registry.has)

    def overlay(self, overlay: Overlay) -> dict[str, Decision]:
        return {
            component: self._component(component, image, overlay)
            for component, image in overlay.images.items()
            if component in self.newest
        }

    def _component(self, component: str, current: Image, overlay: Overlay) -> Decision:
        newest, hold = self.newest[component], overlay.holds.get(component)
        if newest is None or newest.commit is None or current.commit is None:
            return desired.decide(current, newest, None, hold)
        relation = self._relation(current.commit, newest.commit)
        # A tag that was pushed again is no reason to move, unless the image that it had is gone.
        present = current.digest == newest.digest or relation != "same" or self._digest_present(component, current)
        return desired.decide(current, newest, relation, hold, present=present)

    def _digest_present(self, component: str, image: Image) -> bool:
        return self._present(self._context.path(component), image.digest)


def write(overlay: Overlay, decisions: dict[str, Decision]) -> list[Move]:
    """Writes the images that were decided on into the overlays; returns the moves."""
    images = {name: decision.image for name, decision in decisions.items() if decision.action == "deploy"}
    if images:
        store.write_images(overlay, images)
    return [Move(overlay.name, name, overlay.images[name], image) for name, image in images.items()]
