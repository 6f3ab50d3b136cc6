"""Makes the manifests those of the repository that they are in: after a fork, a transfer or a renaming."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gitops import overlays, yaml_files
from gitops.change import Plan
from gitops.git import Git
from gitops.model import not_deployed
from gitops.names import APPLICATIONS, RESERVED, application
from gitops.operations.context import Context
from gitops.overlays import OVERLAYS, Overlay
from gitops.repository import from_url

# A name that YAML takes for text without quotes; 123, 1e3, null and on are something else to it.
_TEXT = re.compile(r"(?!(?:null|true|false|yes|no|on|off|y|n)$)[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Retarget:
    context: Context

    def __call__(self, tree: Git, head: str) -> Plan:
        return apply(tree.root, self.context)


def apply(root: Path, context: Context) -> Plan:
    """Renames images, addresses, and what is named after the former owner. The message is empty if nothing changed.

    An image of another owner proves nothing about ours, so an overlay that is renamed is as if never deployed.
    """
    repository, former = context.repository, _former_owners(root, context)
    addressed = _addresses(root, context)
    changed = [overlay.name for overlay in overlays.read_all(root) if _images(overlay, context)]
    names = {owner: repository.slug for owner in former if _rename(root, owner, repository.slug)}
    if not (changed or addressed):
        return Plan("")
    renamed = [names.get(name, name) for name in changed]
    return Plan(
        f"Retarget the manifests to {repository.owner}/{repository.name}",
        renamed,
        [{"overlay": name, "action": "retarget", "repository": repository.url} for name in renamed],
    )


def _former_owners(root: Path, context: Context) -> list[str]:
    """Whoever's images the overlays name, and is somebody else."""
    images = [image for overlay in overlays.read_all(root) for image in overlay.images.values()]
    owners = {image.name.split("/")[-2] for image in images if "/" in image.name}
    return sorted(owners - {context.repository.slug})


def _images(overlay: Overlay, context: Context) -> bool:
    """Whether image names had to change."""
    wrong = {
        component: not_deployed(context.image_name(component))
        for component, image in overlay.images.items()
        if image.name != context.image_name(component)
    }
    if wrong:
        overlays.write_images(overlay, wrong)
    return bool(wrong)


def _addresses(root: Path, context: Context) -> bool:
    """Whether repoURLs had to change, with the projects that permit them. One that says the same with SSH stays."""
    repository = context.repository
    ours = (repository.owner.lower(), repository.name.lower())
    files = sorted((root / APPLICATIONS).rglob("*.yaml"))
    theirs = {url for file in files for document in yaml_files.read(file) for url in _own_sources(document)}
    theirs = {url for url in theirs if (r := from_url(url)) is None or (r.owner.lower(), r.name.lower()) != ours}
    new = dict.fromkeys(theirs, repository.url)
    new |= {former.forks: repository.forks for former in map(from_url, theirs) if former}
    for file in files:
        _substitute(file, [(re.escape(old) + r"(?![\w./-])", new[old]) for old in sorted(new)])
    return bool(theirs)


def _own_sources(node: Any) -> Iterator[str]:
    """The repoURL of every source that takes its manifests from a repository's k8s/ folder."""
    if isinstance(node, dict):
        paths = [node.get("path"), *(entry.get("path") for entry in node.get("directories") or [])]
        if isinstance(node.get("repoURL"), str) and any(str(path).startswith(("k8s/", "{{")) for path in paths if path):
            yield node["repoURL"]
        for value in node.values():
            yield from _own_sources(value)
    elif isinstance(node, list):
        for value in node:
            yield from _own_sources(value)


def _rename(root: Path, old: str, new: str) -> bool:
    """Renames the former owner's overlay, with its namespace and Application. False when there is none."""
    source, target = root / OVERLAYS / old, root / OVERLAYS / new
    if not source.exists() or target.exists() or {old, new} & RESERVED:
        return False
    source.rename(target)
    word = rf"(?:(?<=[\s/'\"])|(?<={application('')})){re.escape(old)}(?![\w-])"
    replacements = [(word, new)]
    if not _TEXT.fullmatch(new):
        replacements.insert(0, (rf"(?m)(?<=[:-] ){re.escape(old)}(?=\s|$)", f"'{new}'"))
    # Another overlay may follow the renamed one.
    following = (root / OVERLAYS).glob("*/gitops.yaml")
    for file in sorted({*target.rglob("*.yaml"), *following, *(root / APPLICATIONS).rglob("*.yaml")}):
        _substitute(file, replacements)
        if re.fullmatch(rf"{re.escape(old)}(-application)?\.yaml", file.name):
            file.rename(file.with_name(new + file.name.removeprefix(old)))
    return True


def _substitute(file: Path, replacements: list[tuple[str, str]]) -> None:
    old = file.read_text(encoding="utf-8")
    new = old
    for pattern, replacement in replacements:
        new = re.sub(pattern, replacement.replace("\\", r"\\"), new)
    if new != old:
        yaml_files.replace(file, new)
