"""Moves every free component to the newest commit of main whose image the registry holds."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from gitops import desired, overlays
from gitops.change import Heads, Plan
from gitops.desired import Decision
from gitops.errors import BadInput, Diverged, NoSuchImage
from gitops.git import Git
from gitops.messages import Move, message
from gitops.model import Image
from gitops.operations import retarget
from gitops.operations.context import Context, chosen
from gitops.overlays import MAIN, Overlay


@dataclass(frozen=True, slots=True)
class Update:
    """`overlay` and `component` limit what is moved; None is all that follow main."""

    context: Context
    overlay: str | None = None
    component: str | None = None

    def __call__(self, tree: Git, heads: Heads) -> Plan:
        retargeted = retarget.apply(tree.root, self.context)
        targets = self._targets(tree)
        components = chosen(self.component)
        used = {name for overlay in targets for name in overlay.images if name in components}
        decide = Decider(self.context, tree, heads.source, used)
        decisions = {overlay.name: decide.overlay(overlay) for overlay in targets}
        moves = _write(targets, decisions)
        touched = list(dict.fromkeys([*retargeted.touched, *(move.overlay for move in moves)]))
        report = [*retargeted.report]
        report += [row for overlay in targets for row in _rows(overlay, components, decisions[overlay.name])]
        report += _left(tree) if self.overlay is None else []
        what = message("Deploy", moves, retargeted.message, proof=proof(self.context))
        return Plan(what, touched, report, _refused(decisions))

    def _targets(self, tree: Git) -> list[Overlay]:
        if self.overlay is None:
            return [overlay for overlay in overlays.read_all(tree.root) if overlay.follows == MAIN]
        overlay = overlays.read(tree.root, self.overlay)
        if overlay.follows != MAIN:
            raise BadInput(
                f"The overlay {overlay.name} follows {overlay.follows}, not main.",
                f"Use `gitops promote --from {overlay.follows} --to {overlay.name}`.",
            )
        return [overlay]


class Decider:
    """Decides for any number of overlays, and asks git and the registry each thing once."""

    def __init__(self, context: Context, tree: Git, head: str, components: Collection[str]) -> None:
        self._context = context
        history = tree.first_parents(head)
        self.newest = {component: newest_image(context, history, component) for component in components}
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


def newest_image(context: Context, history: list[str], component: str) -> Image | None:
    """The image of the newest of these commits, given newest first, that the registry holds."""
    for commit in desired.built_commits(history, context.registry.tags(context.path(component))):
        try:
            return context.verified_image(component, commit)
        except NoSuchImage:
            continue  # deleted since the tags were listed
    return None


def proof(context: Context) -> str:
    """What was checked before an image was written."""
    platforms = ", ".join(context.registry.platforms)
    return f"Proof: {context.registry.host} holds each digest for {platforms}, and no label names another commit."


def _refused(decisions: dict[str, dict[str, Decision]]) -> Diverged | None:
    """What is left as it is, so that one overlay with a strange history does not keep the others from moving."""
    refused = [
        (f"{overlay} runs a {component} that main does not contain: {decision.reason}.", overlay, component)
        for overlay, found in decisions.items()
        for component, decision in found.items()
        if decision.action == "refuse"
    ]
    if not refused:
        return None
    _, overlay, component = refused[0]
    return Diverged(
        "\n".join(what for what, *_ in refused),
        "Was main rewritten? Choose a commit of main with "
        f"`gitops rollback --overlay {overlay} --component {component} --to COMMIT`.",
    )


def _write(targets: list[Overlay], decisions: dict[str, dict[str, Decision]]) -> list[Move]:
    moves = []
    for overlay in targets:
        images = {name: d.image for name, d in decisions[overlay.name].items() if d.action == "deploy"}
        if images:
            overlays.write_images(overlay, images)
        moves += [Move(overlay.name, name, overlay.images[name], image) for name, image in images.items()]
    return moves


def _rows(overlay: Overlay, components: Collection[str], decisions: dict[str, Decision]) -> Iterator[dict[str, Any]]:
    for component in components:
        decision = decisions.get(component)
        yield {
            "overlay": overlay.name,
            "component": component,
            "action": decision.action if decision else "leave",
            "commit": decision.image.commit if decision else None,
            "image": decision.image.reference if decision else None,
            "reason": decision.reason if decision else f"it {overlay.lack(component)}",
        }


def _left(tree: Git) -> Iterator[dict[str, Any]]:
    for folder, reason in overlays.without(tree.root).items():
        yield {"overlay": folder, "action": "leave", "reason": reason}
