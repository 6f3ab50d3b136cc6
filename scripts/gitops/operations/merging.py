"""Merges what people wrote on two branches, and leaves alone what gitops wrote there: owner, images and holds.

All sides of the merge are made equal in that first, so that what differs afterwards was written by hand.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from gitops.errors import Conflict, GitError
from gitops.git.change import MANIFESTS
from gitops.git.client import Git
from gitops.model import COMPONENTS, Hold, Image
from gitops.operations import retarget
from gitops.operations.context import Context
from gitops.overlays import store
from gitops.overlays.store import OVERLAYS, Overlay


@dataclass(frozen=True, slots=True)
class Sides:
    """Two commits or trees to merge, and the one that both come from."""

    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Generated:
    """What gitops wrote into an overlay, by component."""

    images: dict[str, Image]
    holds: dict[str, Hold | None]


def merge(tree: Git, context: Context, sides: Sides, remedy: str) -> str:
    """The tree of `ours` with what changed from `base` to `theirs`. Raises Conflict, which names the files.

    A deployed image or a hold that changed in theirs is taken too; an image of another owner is none.
    """
    if tree.changed_files(sides.base, sides.theirs, MANIFESTS):
        sides = _levelled(tree, context, sides)
    return _merged(tree, sides, remedy)


def _levelled(tree: Git, context: Context, sides: Sides) -> Sides:
    owned = _edited(tree, sides, lambda root: retarget.apply(root, context))
    names = {path.split("/")[2] for path in tree.changed_files(owned.base, owned.theirs, OVERLAYS)}
    base, ours, theirs = (_read(tree, side, names) for side in (owned.base, owned.ours, owned.theirs))
    generated = {name: _generated(base.get(name), mine, theirs.get(name)) for name, mine in ours.items()}
    return _edited(tree, owned, lambda root: _write(root, generated))


def _generated(base: Overlay | None, ours: Overlay, theirs: Overlay | None) -> Generated:
    """What gitops wrote on our side, except where the other side has changed it since the base."""
    images, holds = dict(ours.images), {name: ours.holds.get(name) for name in COMPONENTS}
    if base and theirs:
        changed = set(theirs.images.items()) - set(base.images.items())
        images |= {name: image for name, image in changed if image.commit and name in images}
        holds |= {name: theirs.holds.get(name) for name in holds if theirs.holds.get(name) != base.holds.get(name)}
    return Generated(images, holds)


def _read(tree: Git, side: str, names: Collection[str]) -> dict[str, Overlay]:
    _check_out(tree, side)
    return {overlay.name: overlay for overlay in store.read_all(tree.root)[0] if overlay.name in names}


def _write(root: Path, generated: dict[str, Generated]) -> None:
    for overlay in store.read_all(root)[0]:
        if overlay.name not in generated:
            continue
        images = generated[overlay.name].images
        store.write_images(overlay, {part: images[part] for part in images if part in overlay.images})
        for component, hold in generated[overlay.name].holds.items():
            store.write_hold(overlay, component, hold)


def _edited(tree: Git, sides: Sides, edit: Callable[[Path], object]) -> Sides:
    def edited(side: str) -> str:
        _check_out(tree, side)
        edit(tree.root)
        tree.run("add", "--all")
        return tree.run("write-tree").strip()

    return Sides(edited(sides.base), edited(sides.ours), edited(sides.theirs))


def _check_out(tree: Git, side: str) -> None:
    tree.run("read-tree", "--reset", "-u", side)


def _merged(tree: Git, sides: Sides, remedy: str) -> str:
    # git 2.39 has no `merge-tree --merge-base`, but finds the common parent of two commits.
    base = _commit(tree, sides.base)
    tips = (_commit(tree, side, "-p", base) for side in (sides.ours, sides.theirs))
    done = tree.attempt("merge-tree", "--write-tree", "--name-only", "-z", *tips)
    merged, *rest = done.stdout.split("\0")
    if done.returncode == 1:
        files: Sequence[str] = list(takewhile(bool, rest))
        raise Conflict(f"Changed in two ways by hand: {', '.join(files)}.", remedy)
    if done.returncode != 0:
        raise GitError(f"git merge-tree failed: {done.stderr.strip()}", "It needs git 2.38 or newer.")
    return merged


def _commit(tree: Git, side: str, *parents: str) -> str:
    return tree.run("commit-tree", f"{side}^{{tree}}", *parents, "-m", "One side of a merge").strip()
