"""Makes the manifests those of the repository that they are in: after a fork, a transfer or a renaming."""

import re
from dataclasses import dataclass
from pathlib import Path

from gitops import overlays, yaml_files
from gitops.change import Heads, Plan
from gitops.git import Git
from gitops.model import not_deployed
from gitops.names import overlay_of
from gitops.operations import former_owner, sources
from gitops.operations.context import Context
from gitops.overlays import Overlay
from gitops.repository import from_url


@dataclass(frozen=True, slots=True)
class Retarget:
    context: Context

    def __call__(self, tree: Git, heads: Heads) -> Plan:
        return apply(tree.root, self.context)


def apply(root: Path, context: Context) -> Plan:
    """Renames images, addresses, and what is named after a former owner; the message is empty if nothing changed.

    An image of another owner proves nothing about ours, so an overlay that is renamed is as if never deployed.
    """
    repository, former = context.repository, _former_owners(root, context)
    addressed = _addresses(root, context)
    followed = sources.follow(root, context.followed, instead_of=_unfollowed(context))
    changed = [overlay.name for overlay in overlays.read_all(root) if _images(overlay, context)]
    settled = {owner: action for owner in former if (action := former_owner.settle(root, owner, repository.overlay))}
    if not (changed or addressed or followed or settled):
        return Plan("")
    renamed = sorted({repository.overlay if name in settled else name for name in changed})
    rows = [{"overlay": name, "action": "retarget", "repository": repository.url} for name in renamed]
    rows += [
        {"overlay": name, "action": action, "reason": f"{repository.overlay} is this repository's"}
        for name, action in settled.items()
    ]
    return Plan(f"Retarget the manifests to {repository.owner}/{repository.name}", renamed, rows)


def _former_owners(root: Path, context: Context) -> list[str]:
    """The overlays of whoever's images or repository the manifests name, and is somebody else."""
    images = [image for overlay in overlays.read_all(root) for image in overlay.images.values()]
    owners = {image.name.split("/")[-2] for image in images if "/" in image.name}
    owners |= {found.slug for url in sources.addresses(root) if (found := from_url(url))}
    return sorted({overlay_of(owner) for owner in owners if owner} - {context.repository.overlay})


def _unfollowed(context: Context) -> set[str]:
    """Names of a branch that Argo CD follows before anybody chose another. A revision of one's own stays."""
    beginning = {"main", context.branch} | ({"HEAD"} if context.deploy_branch else set())
    return beginning - {context.followed}


def _images(overlay: Overlay, context: Context) -> bool:
    """Whether image names had to change. The hold of an image that goes has nothing left to hold."""
    wrong = {
        component: not_deployed(context.image_name(component))
        for component, image in overlay.images.items()
        if image.name != context.image_name(component)
    }
    if wrong:
        overlays.write_images(overlay, wrong)
    for component in wrong:
        overlays.write_hold(overlay, component, None)
    return bool(wrong)


def _addresses(root: Path, context: Context) -> bool:
    """Whether repoURLs had to change, with the projects that permit them. One that says the same with SSH stays."""
    repository = context.repository
    ours = (repository.owner.lower(), repository.name.lower())
    theirs = sources.addresses(root)
    theirs = {url for url in theirs if (r := from_url(url)) is None or (r.owner.lower(), r.name.lower()) != ours}
    new = dict.fromkeys(theirs, repository.url)
    new |= {former.forks: repository.forks for former in map(from_url, theirs) if former}
    for file in sources.files(root):
        yaml_files.substitute(file, [(re.escape(old) + r"(?![\w./-])", new[old]) for old in sorted(new)])
    return bool(theirs)
