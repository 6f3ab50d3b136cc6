"""Moves every component that is not held to the newest commit of main whose image the registry holds."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from gitops.desired import Decision
from gitops.errors import BadInput, Diverged, GitopsError, RegistryError, left_out
from gitops.git.change import Edit, Heads, Result
from gitops.git.client import Git
from gitops.operations import retarget
from gitops.operations.commit_messages import Move, message
from gitops.operations.context import Context, chosen
from gitops.operations.decisions import Decider, write
from gitops.operations.images import proof
from gitops.overlays import store
from gitops.overlays.settings import MAIN
from gitops.overlays.store import Overlay


@dataclass(frozen=True, slots=True)
class Update:
    """`overlay` and `component` limit what is moved; None means all that follow main.

    What is wrong with one overlay keeps no other from moving; `faults` has those that are known not to render.
    """

    context: Context
    overlay: str | None = None
    component: str | None = None
    faults: Mapping[str, GitopsError] = field(default_factory=dict)

    def __call__(self, tree: Git, heads: Heads) -> Edit:
        retargeted, overlays, faults = retarget.apply(tree.root, self.context)
        targets, components = self._targets(tree, overlays), chosen(self.component)
        used = {name for overlay in targets for name in overlay.images if name in components}
        decide = Decider(self.context, tree, heads.source, used)
        left = {**(faults if self.overlay is None else {}), **self.faults, **decide.faults}
        moves, decisions = list[Move](), dict[str, dict[str, Decision]]()
        for overlay in (target for target in targets if target.name not in left):
            try:
                by_component = decide.overlay(overlay)
                moves += write(overlay, by_component)
                decisions[overlay.name] = by_component
            except (BadInput, RegistryError) as error:
                left[overlay.name] = error
        touched = dict.fromkeys([*retargeted.touched, *(move.overlay for move in moves)])
        decided = [target for target in targets if target.name in decisions]
        reasons = {name: fault.what for name, fault in left.items() if name not in decide.faults}
        reasons |= store.without(tree.root) if self.overlay is None else {}
        report = [
            *retargeted.report,
            *(row for own in decided for row in _results(own, components, decisions[own.name], decide.faults)),
            *(Result(name, "leave", reason=reason) for name, reason in reasons.items()),
        ]
        return Edit(
            message("Deploy", moves, retargeted.message, proof=proof(self.context)),
            [name for name in touched if name not in left],
            report,
            _refused(decisions, left),
            lambda faults: replace(self, faults={**self.faults, **faults}),
        )

    def _targets(self, tree: Git, overlays: list[Overlay]) -> list[Overlay]:
        if self.overlay is None:
            return [overlay for overlay in overlays if overlay.follows == MAIN]
        readable = {overlay.name: overlay for overlay in overlays}
        # One that is not among them is read once more for the error that says why.
        overlay = readable.get(self.overlay) or store.read(tree.root, self.overlay)
        if overlay.follows != MAIN:
            raise BadInput(
                f"The overlay {overlay.name} follows {overlay.follows}, not main.",
                f"Use `gitops promote --from {overlay.follows} --to {overlay.name}`.",
            )
        return [overlay]


def _refused(decisions: dict[str, dict[str, Decision]], left: dict[str, GitopsError]) -> GitopsError | None:
    """The error for all that was left as it is: what is wrong with one overlay keeps no other from moving."""
    diverged = {
        f"{overlay} {component}": Diverged(
            f"{overlay} runs a {component} that main does not contain: {decision.reason}.",
            "Was main rewritten? Choose a commit of main with "
            f"`gitops rollback --overlay {overlay} --component {component} --to COMMIT`.",
        )
        for overlay, by_component in decisions.items()
        for component, decision in by_component.items()
        if decision.action == "refuse"
    }
    if diverged and not left:
        return Diverged("\n".join(error.what for error in diverged.values()), next(iter(diverged.values())).remedy)
    return left_out({**left, **diverged}, others=bool(decisions))


def _results(
    overlay: Overlay, components: Collection[str], decisions: dict[str, Decision], faults: Mapping[str, GitopsError]
) -> Iterator[Result]:
    for component in components:
        decision = decisions.get(component)
        lack = faults[component].what if component in faults else f"it {overlay.lack(component)}"
        yield Result(
            overlay.name,
            decision.action if decision else "leave",
            component,
            decision.image.commit if decision else None,
            decision.image.reference if decision else None,
            decision.reason if decision else lack,
        )
