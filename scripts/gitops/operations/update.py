"""Moves every free component to the newest commit of main whose image the registry holds."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from gitops import desired
from gitops.desired import Decision
from gitops.errors import BadInput, Diverged, GitopsError, NoSuchImage, RegistryError, left_out
from gitops.git.change import Heads, Plan
from gitops.git.client import Git
from gitops.model import Image
from gitops.operations import retarget
from gitops.operations.commit_messages import Move, message
from gitops.operations.context import Context, chosen
from gitops.overlays import store
from gitops.overlays.store import MAIN, Overlay


@dataclass(frozen=True, slots=True)
class Update:
    """`overlay` and `component` limit what is moved; None is all that follow main.

    What is wrong with one overlay keeps no other from moving; `faults` has those that are known not to render.
    """

    context: Context
    overlay: str | None = None
    component: str | None = None
    faults: Mapping[str, GitopsError] = field(default_factory=dict)

    def __call__(self, tree: Git, heads: Heads) -> Plan:
        retargeted, faults = retarget.apply(tree.root, self.context)
        targets, components = self._targets(tree), chosen(self.component)
        used = {name for overlay in targets for name in overlay.images if name in components}
        decide = Decider(self.context, tree, heads.source, used)
        left = {**(faults if self.overlay is None else {}), **self.faults, **decide.faults}
        moves, decisions = list[Move](), dict[str, dict[str, Decision]]()
        for overlay in (one for one in targets if one.name not in left):
            try:
                found = decide.overlay(overlay)
                moves += write(overlay, found)
                decisions[overlay.name] = found
            except (BadInput, RegistryError) as error:
                left[overlay.name] = error
        touched = dict.fromkeys([*retargeted.touched, *(move.overlay for move in moves)])
        decided = [one for one in targets if one.name in decisions]
        reasons = {name: fault.what for name, fault in left.items() if name not in decide.faults}
        reasons |= store.without(tree.root) if self.overlay is None else {}
        report = [
            *retargeted.report,
            *(row for one in decided for row in _rows(one, components, decisions[one.name], decide.faults)),
            *({"overlay": name, "action": "leave", "reason": reason} for name, reason in reasons.items()),
        ]
        return Plan(
            message("Deploy", moves, retargeted.message, proof=proof(self.context)),
            [name for name in touched if name not in left],
            report,
            _refused(decisions, left),
            lambda faults: replace(self, faults={**self.faults, **faults}),
        )

    def _targets(self, tree: Git) -> list[Overlay]:
        if self.overlay is None:
            return [overlay for overlay in store.read_all(tree.root)[0] if overlay.follows == MAIN]
        overlay = store.read(tree.root, self.overlay)
        if overlay.follows != MAIN:
            raise BadInput(
                f"The overlay {overlay.name} follows {overlay.follows}, not main.",
                f"Use `gitops promote --from {overlay.follows} --to {overlay.name}`.",
            )
        return [overlay]


class Decider:
    """Decides for any number of overlays, and asks git and the registry each thing once.

    `faults` has the components of which the registry does not say what there is.
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


def newest_images(
    context: Context, history: list[str], components: Collection[str]
) -> tuple[dict[str, Image | None], dict[str, RegistryError]]:
    """newest_image of each component, and what is wrong with those of which the registry does not tell it.

    Raises RegistryError where that leaves no image at all.
    """
    newest, faults = dict[str, Image | None](), dict[str, RegistryError]()
    for component in components:
        try:
            newest[component] = newest_image(context, history, component)
        except RegistryError as error:
            faults[component] = error
    if faults and not any(newest.values()):
        raise next(iter(faults.values()))
    return newest, faults


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


def _refused(decisions: dict[str, dict[str, Decision]], left: dict[str, GitopsError]) -> GitopsError | None:
    """What is left as it is, so that what is wrong with one does not keep the others from moving."""
    diverged = {
        f"{overlay} {component}": Diverged(
            f"{overlay} runs a {component} that main does not contain: {decision.reason}.",
            "Was main rewritten? Choose a commit of main with "
            f"`gitops rollback --overlay {overlay} --component {component} --to COMMIT`.",
        )
        for overlay, found in decisions.items()
        for component, decision in found.items()
        if decision.action == "refuse"
    }
    if diverged and not left:
        return Diverged("\n".join(one.what for one in diverged.values()), next(iter(diverged.values())).remedy)
    return left_out({**left, **diverged}, others=bool(decisions))


def write(overlay: Overlay, decisions: dict[str, Decision]) -> list[Move]:
    """Writes what was decided to deploy; returns what moves."""
    images = {name: decision.image for name, decision in decisions.items() if decision.action == "deploy"}
    if images:
        store.write_images(overlay, images)
    return [Move(overlay.name, name, overlay.images[name], image) for name, image in images.items()]


def _rows(
    overlay: Overlay, components: Collection[str], decisions: dict[str, Decision], faults: Mapping[str, GitopsError]
) -> Iterator[dict[str, Any]]:
    for component in components:
        decision = decisions.get(component)
        lack = faults[component].what if component in faults else f"it {overlay.lack(component)}"
        yield {
            "overlay": overlay.name,
            "component": component,
            "action": decision.action if decision else "leave",
            "commit": decision.image.commit if decision else None,
            "image": decision.image.reference if decision else None,
            "reason": decision.reason if decision else lack,
        }
