"""Writes the name of this repository into its manifests: after a fork, a transfer or a rename."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from gitops import yaml_files
from gitops.errors import BadInput, left_out
from gitops.git.change import Edit, Heads, Result
from gitops.git.client import Git
from gitops.git.repository import from_url
from gitops.model import not_deployed
from gitops.operations import former_owner, sources
from gitops.operations.context import Context
from gitops.operations.sources import Sources
from gitops.overlays import store
from gitops.overlays.overlay_names import overlay_of
from gitops.overlays.store import Overlay

# What stands before the address of a repository in a source, or in the list of a project. Elsewhere the same text is
# something else, such as the address of a cluster, which anybody may give out as that of a repository.
_ADDRESS = "(?:{})".format("|".join(f"(?<={before})" for before in ("repoURL: ", "repoURL: ['\"]", "- ", "- ['\"]")))


@dataclass(frozen=True, slots=True)
class Retarget:
    context: Context

    def __call__(self, tree: Git, heads: Heads) -> Edit:
        edit, _, faults = apply(tree.root, self.context)
        return replace(edit, refused=left_out(faults, others=len(faults) < len(store.names(tree.root))))


def apply(root: Path, context: Context) -> tuple[Edit, list[Overlay], dict[str, BadInput]]:
    """Renames images, addresses, and what is named after a former owner; the message is empty if nothing changed.

    Returns the edit, the overlays as they are now, and by name what is wrong with each overlay or file that cannot be
    understood, which is left as it is. An image of another owner proves nothing about ours, so an overlay that is
    renamed is as if never deployed.
    """
    (overlays, faults), (read, misread) = store.read_all(root), sources.read_all(root)
    repository, former = context.repository, _former_owners(overlays, read, context)
    addressed = _addresses(read, context)
    followed = sources.follow(read, context.followed, instead_of=_unfollowed(context))
    changed = [overlay.name for overlay in overlays if _images(overlay, context)]
    settled = {
        owner: action
        for owner in former
        if owner not in faults and (action := former_owner.settle(root, owner, repository.overlay))
    }
    faults |= misread
    if not (changed or addressed or followed or settled):
        return Edit(""), overlays, faults
    renamed = sorted({repository.overlay if name in settled else name for name in changed})
    rows = [Result(name, "retarget", reason=repository.url) for name in renamed]
    rows += [
        Result(name, action, reason=f"{repository.overlay} is this repository's") for name, action in settled.items()
    ]
    edit = Edit(f"Retarget the manifests to {repository.owner}/{repository.name}", renamed, rows)
    return edit, store.read_all(root)[0], faults


def _former_owners(overlays: list[Overlay], read: Sources, context: Context) -> list[str]:
    """The overlays of other owners whose images or repository the manifests name."""
    images = [image for overlay in overlays for image in overlay.images.values()]
    owners = {image.name.split("/")[-2] for image in images if "/" in image.name}
    owners |= {named.slug for url in sources.addresses(read) if (named := from_url(url))}
    return sorted({overlay_of(owner) for owner in owners if owner} - {context.repository.overlay})


def _unfollowed(context: Context) -> set[str]:
    """The names of a branch that Argo CD follows before anybody chose another. A revision that somebody chose stays."""
    beginning = {"main", context.branch} | ({"HEAD"} if context.deploy_branch else set())
    return beginning - {context.followed}


def _images(overlay: Overlay, context: Context) -> bool:
    """Whether image names had to change. The hold of an image that is replaced goes with it."""
    wrong = {
        component: not_deployed(context.image_name(component))
        for component, image in overlay.images.items()
        if image.name != context.image_name(component)
    }
    if wrong:
        store.write_images(overlay, wrong)
    for component in wrong:
        store.write_hold(overlay, component, None)
    return bool(wrong)


def _addresses(read: Sources, context: Context) -> bool:
    """Whether repoURLs had to change, with the projects that permit them. One that says the same with SSH stays."""
    repository = context.repository
    ours = (repository.owner.lower(), repository.name.lower())
    theirs = sources.addresses(read)
    theirs = {url for url in theirs if (r := from_url(url)) is None or (r.owner.lower(), r.name.lower()) != ours}
    new = dict.fromkeys(theirs, repository.url)
    new |= {former.forks: repository.forks for former in map(from_url, theirs) if former}
    for file in read:
        yaml_files.substitute(file, [(rf"{_ADDRESS}{re.escape(old)}(?![\w./-])", new[old]) for old in sorted(new)])
    return bool(theirs)
