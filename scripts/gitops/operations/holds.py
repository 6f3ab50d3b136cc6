"""Holds keep a component where it is until they are released."""

from dataclasses import dataclass

from gitops.git.change import Edit, Heads, Result
from gitops.git.client import Git
from gitops.model import Hold as HoldValue
from gitops.operations.commit_messages import message
from gitops.operations.context import chosen
from gitops.overlays import store
from gitops.overlays.store import Overlay
from gitops.printable import line


@dataclass(frozen=True, slots=True)
class Hold:
    overlay: str
    component: str | None
    reason: str

    def __call__(self, tree: Git, heads: Heads) -> Edit:
        overlay = store.read(tree.root, self.overlay)
        for component in chosen(self.component):
            old = overlay.holds.get(component)
            hold = HoldValue(self.reason, old.rolled_back_from if old else None)
            if hold != old:
                store.write_hold(overlay, component, hold)
        return _edit("Hold", overlay, self.component, self.reason)


@dataclass(frozen=True, slots=True)
class Release:
    """The next update moves what is released to the newest image."""

    overlay: str
    component: str | None
    reason: str | None = None

    def __call__(self, tree: Git, heads: Heads) -> Edit:
        overlay = store.read(tree.root, self.overlay)
        for component in chosen(self.component):
            if component in overlay.holds:
                store.write_hold(overlay, component, None)
        return _edit("Release", overlay, self.component, self.reason or "")


def _edit(verb: str, overlay: Overlay, component: str | None, reason: str) -> Edit:
    names = list(chosen(component))
    report = [Result(overlay.name, verb.lower(), name, reason=reason) for name in names]
    return Edit(
        message(verb, [], f"{verb} {', '.join(names)} of {overlay.name}", line(f"Reason: {reason}") if reason else ""),
        [],
        report,
    )
