"""Overlays of which kustomize makes the same but for the namespace: a class has hundreds, and one need be rendered.

kustomize sets namespace and labels after it has read, merged and patched everything; only images come later, which look
at neither. So the namespace's name decides nothing, as long as no field asks for it (replacements, generators, …) and
no file belongs to one overlay alone. An overlay for which this is not certain is like no other.
Source: the order of the transformers in sigs.k8s.io/kustomize/api/internal/target/kusttarget_configplugin.go
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath
from typing import Any

from gitops import yaml_files
from gitops.errors import BadInput
from gitops.manifests.objects import Object
from gitops.overlays.kustomize_paths import NAMES
from gitops.overlays.store import OVERLAYS, Overlay, settings_path

_FIELDS = {"apiVersion", "kind", "namespace", "resources", "components", "labels", "images", "patches"}
# `default` is kustomize's word for none.
_NAMESPACE = re.compile(r"(?!default$)[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_ITS_OWN = "(its namespace)"


@dataclass(frozen=True, slots=True)
class Member:
    """An overlay of a group, and its namespace; "" in a group of one that is like no other."""

    overlay: Overlay
    namespace: str = ""


def groups(overlays: Iterable[Overlay]) -> list[list[Member]]:
    """Groups of overlays that render alike, each with the longest namespace first: it is the least likely to be part of
    another word."""
    by_content = defaultdict(list)
    for overlay in overlays:
        content, namespace = _content(overlay)
        by_content[content].append(Member(overlay, namespace))
    return [sorted(group, key=lambda member: -len(member.namespace)) for group in by_content.values()]


def renamed(objects: Iterable[Object], old: str, new: str) -> list[Object]:
    """The objects of one overlay with the namespace of another of its group."""
    return [{**manifest, "metadata": _renamed(manifest.get("metadata") or {}, old, new)} for manifest in objects]


def sharing(group: list[Member], objects: Sequence[Object]) -> list[Member]:
    """The other members whose rendering follows from the first one's: the same, with their namespace in place of its.

    None if the first one's namespace also stands where kustomize does not set it; and no member whose own namespace
    stands there already, since a comparison of the two would find something else.
    """
    first, *others = group
    text = repr(objects)
    places = sum(list(_places(manifest.get("metadata") or {})).count(first.namespace) for manifest in objects)
    if len(_word(first.namespace).findall(text)) != places:
        return []
    return [other for other in others if not _word(other.namespace).search(text)]


def _word(namespace: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(namespace)}(?![\w-])")


def _places(metadata: Mapping[str, Any]) -> Iterator[Any]:
    yield metadata.get("namespace")
    yield from (metadata.get("labels") or {}).values()


def _renamed(metadata: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    changed = {"namespace": new} if metadata.get("namespace") == old else {}
    labels = {key: new for key, value in (metadata.get("labels") or {}).items() if value == old}
    return {**metadata, **changed, **({"labels": {**metadata["labels"], **labels}} if labels else {})}


def _content(overlay: Overlay) -> tuple[str, str]:
    """What overlays that render alike have in common, and the namespace."""
    alone = (overlay.name, "")
    try:
        document = yaml_files.read_mapping(overlay.root / overlay.kustomization)
    except BadInput:
        return alone
    namespace = document.get("namespace")
    if document.keys() - _FIELDS or not isinstance(namespace, str) or not _NAMESPACE.fullmatch(namespace):
        return alone
    if _has_files(overlay) or not all(map(_is_shared, _paths(document))):
        return alone
    labels = [_shared_labels(entry, namespace) for entry in document.get("labels") or []]
    return repr({**document, "namespace": _ITS_OWN, "labels": labels}), namespace


def _has_files(overlay: Overlay) -> bool:
    """Whether the overlay has files of its own, or is a link to another folder."""
    usual = {Path(name).name for name in (*NAMES, settings_path(overlay.name))}
    return overlay.folder.is_symlink() or any(
        path.name not in usual or path.is_symlink() for path in overlay.folder.iterdir()
    )


def _paths(document: Mapping[str, Any]) -> Iterator[Any]:
    for field in ("resources", "components"):
        yield from document.get(field) or []


def _is_shared(path: Any) -> bool:
    """Whether it leads out of the overlays, to what is the same for all."""
    return isinstance(path, str) and not f"{normpath(join(OVERLAYS, '-', path))}/".startswith(f"{OVERLAYS}/")


def _shared_labels(entry: Any, namespace: str) -> Any:
    """Labels of objects alone; those that pods get too may be selected by, so that their values matter."""
    if not isinstance(entry, dict) or entry.keys() != {"pairs"} or not isinstance(entry["pairs"], dict):
        return entry
    return {key: _ITS_OWN if value == namespace else value for key, value in entry["pairs"].items()}
