"""What an overlay is made of: its kustomizations, with the objects that they describe and the patches that they add."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Location, Node

# In the order in which they are applied.
_FOLDERS = ("resources", "bases", "components")
_PATCHES = ("patches", "patchesJson6902", "patchesStrategicMerge")


@dataclass(frozen=True)
class Patch:
    """`target` has no value when the documents, parts of objects, say themselves what they are aimed at."""

    entry: Node
    target: Node
    documents: Sequence[Node]

    def is_aimed_at(self, kind: str, name: str) -> bool:
        """Whether the patch is aimed at an object; the target's fields are regular expressions that must match the
        whole text."""
        if self.target.value is not None:
            wanted = ((self.target.at("kind"), kind), (self.target.at("name"), name))
            return all(node.value is None or _matches(node.text, text) for node, text in wanted)
        return any(
            document.at("kind").text == kind and is_called(document.at("metadata", "name").text, name)
            for document in self.documents
        )


def layers(checkout: Checkout, overlay: str) -> list[Node]:
    """The kustomizations of an overlay, without repetitions; the one that is applied last comes first."""
    kustomizations: dict[str, Node] = {}
    waiting = [_folder(checkout.overlays[overlay])] if overlay in checkout.overlays else []
    while waiting:
        folder = waiting.pop()
        if folder not in kustomizations and (kustomization := checkout.kustomization(folder)):
            kustomizations[folder] = kustomization
            waiting += [_joined(folder, node.text) for key in _FOLDERS for node in kustomization.at(key).items()]
    return list(kustomizations.values())


def absent(checkout: Checkout, overlay: str) -> Iterator[Location]:
    """The lines that name a file or folder which the repository does not have."""
    folders = {posixpath.dirname(path) for path in checkout.paths}
    for layer in layers(checkout, overlay):
        named = [node for key in _FOLDERS for node in layer.at(key).items()]
        named += [one.at("path") for key in _PATCHES for one in layer.at(key).items() if one.at("path").text]
        there = checkout.paths | folders
        yield from (node.location for node in named if _joined(_folder(layer), node.text) not in there)


def unused(checkout: Checkout) -> dict[str, Node]:
    """The components that no overlay is made of, by the name of their folder."""
    used = {layer.location.path for overlay in checkout.overlays for layer in layers(checkout, overlay)}
    components = (
        kustomization for kustomization in checkout.kustomizations if kustomization.at("kind").text == "Component"
    )
    return {
        posixpath.basename(_folder(component)): component
        for component in components
        if component.location.path not in used
    }


def described(checkout: Checkout, kustomization: Node) -> Iterator[Node]:
    """The objects in the files that the kustomization itself names."""
    for resource in kustomization.at("resources").items():
        yield from checkout.documents(_joined(_folder(kustomization), resource.text))


def generated(kustomization: Node) -> Iterator[tuple[str, Node]]:
    """The ConfigMaps and Secrets that the kustomization generates: the kind, and the entry."""
    for kind in ("ConfigMap", "Secret"):
        yield from ((kind, one) for one in kustomization.at(f"{kind[0].lower()}{kind[1:]}Generator").items())


def patches(checkout: Checkout, kustomization: Node) -> Iterator[Patch]:
    """The patches, in the order in which they are applied."""
    for entry in (entry for key in _PATCHES for entry in kustomization.at(key).items()):
        # patchesStrategicMerge has texts instead of mappings: paths, or patches of several lines.
        text, file = (entry, entry) if isinstance(entry.value, str) else (entry.at("patch"), entry.at("path"))
        inline = text.value is not None and (text is not file or "\n" in text.text)
        documents = text.within() if inline else checkout.documents(_joined(_folder(kustomization), file.text))
        yield Patch(entry, entry.at("target"), documents)


@dataclass(frozen=True)
class Affixes:
    """The prefixes and suffixes that kustomizations put around names."""

    prefixes: frozenset[str]
    suffixes: frozenset[str]

    def without(self, name: str) -> set[str]:
        """The name, and every name that the object may have had before kustomize changed it."""
        names, waiting = {name}, [name]
        while waiting:
            now = waiting.pop()
            shorter = {now.removeprefix(prefix) for prefix in self.prefixes} | {
                now.removesuffix(suffix) for suffix in self.suffixes
            }
            waiting += shorter - names
            names |= shorter
        return names


def affixes(kustomizations: Iterable[Node]) -> Affixes:
    given = [
        (kustomization.at("namePrefix").text, kustomization.at("nameSuffix").text) for kustomization in kustomizations
    ]
    return Affixes(frozenset(before for before, _ in given), frozenset(after for _, after in given))


def is_called(written: str, rendered: str) -> bool:
    """Whether an object of this name may be rendered under the other one, with a prefix, a suffix or a hash."""
    return bool(written) and re.search(rf"(^|[-.]){re.escape(written)}($|[-.])", rendered) is not None


def _folder(kustomization: Node) -> str:
    return posixpath.dirname(kustomization.location.path)


def _joined(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return pattern == text
