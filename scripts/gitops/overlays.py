"""The overlays under k8s/overlays: which images they name, what they follow, and which components are held."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from gitops import yaml_files
from gitops.errors import BadInput
from gitops.model import COMPONENTS, Hold, Image

OVERLAYS = "k8s/overlays"
MAIN = "main"


@dataclass(frozen=True)
class Overlay:
    """One overlay. `images` has the components that it takes from a registry.

    `follows` is "main", or the name of the overlay from which it is promoted by hand.
    """

    root: Path
    name: str
    images: dict[str, Image]
    follows: str
    holds: dict[str, Hold]

    @property
    def folder(self) -> Path:
        return self.root / OVERLAYS / self.name

    def image(self, component: str) -> Image:
        """Raises BadInput when the overlay does not deploy this component from a registry."""
        if component not in self.images:
            raise BadInput(
                f"The overlay {self.name} takes no {component} from a registry.",
                f"Give `{COMPONENTS[component].image}` newName, newTag and digest in {kustomization(self.name)}.",
            )
        return self.images[component]


def kustomization(overlay: str) -> str:
    """The path of an overlay's kustomization.yaml in the repository."""
    return f"{OVERLAYS}/{overlay}/kustomization.yaml"


def settings(overlay: str) -> str:
    """The path of what only gitops reads: `follows` and `holds`. kustomize ignores the file, and it may be missing."""
    return f"{OVERLAYS}/{overlay}/gitops.yaml"


def names(root: Path) -> list[str]:
    return sorted(path.parent.name for path in (root / OVERLAYS).glob("*/kustomization.yaml"))


def read_all(root: Path) -> list[Overlay]:
    return [_read(root, name) for name in names(root)]


def read_each(root: Path, wanted: Collection[str]) -> list[Overlay]:
    """Raises BadInput when one of them is not there, or when a file of it cannot be understood."""
    there = names(root)
    missing = sorted(set(wanted) - set(there))
    if missing:
        raise BadInput(f"There is no overlay {missing[0]!r}.", f"These are there: {', '.join(there) or 'none'}.")
    return [_read(root, name) for name in wanted]


def read(root: Path, name: str) -> Overlay:
    """As read_each."""
    return read_each(root, [name])[0]


def _read(root: Path, name: str) -> Overlay:
    images = dict(_images(yaml_files.read_mapping(root / kustomization(name)), kustomization(name)))
    extra = read_settings(root, name)
    return Overlay(root, name, images, _text(extra, "follows", MAIN, settings(name)), _holds(extra, settings(name)))


def images_in(text: str | None, where: str) -> dict[str, Image]:
    """What the text of a kustomization.yaml names; nothing when it cannot be understood."""
    try:
        return dict(_images(yaml_files.parse_mapping(text or "", where), where))
    except BadInput:
        return {}


def write_images(overlay: Overlay, images: dict[str, Image]) -> None:
    """Writes newName, newTag and digest of these components."""
    path = overlay.root / kustomization(overlay.name)
    document = yaml_files.edit_mapping(path)
    for component, image in images.items():
        entry = _entries(document, component, path)[0]
        _set(entry, "newName", image.name)
        _set(entry, "newTag", image.tag)
        _set(entry, "digest", image.digest)
    yaml_files.write(path, document)


def write_hold(overlay: Overlay, component: str, hold: Hold | None) -> None:
    """Holds a component, or releases it."""
    path = overlay.root / settings(overlay.name)
    document = yaml_files.edit_mapping(path) if path.exists() else CommentedMap()
    holds = document.setdefault("holds", CommentedMap())
    holds.pop(component, None)
    if hold:
        holds[component] = CommentedMap(reason=yaml_files.quoted(hold.reason))
        if hold.rolled_back_from:
            holds[component]["rolled-back-from"] = hold.rolled_back_from
    if not holds:
        del document["holds"]
    if document:
        yaml_files.write(path, document)
    else:
        path.unlink(missing_ok=True)


def read_settings(root: Path, name: str) -> dict[str, Any]:
    path = root / settings(name)
    return yaml_files.read_mapping(path) if path.exists() else {}


def _images(document: dict[str, Any], where: str) -> Iterator[tuple[str, Image]]:
    for component in COMPONENTS:
        match _entries(document, component, where):
            case []:
                continue
            case [entry]:
                if "newName" in entry and "digest" in entry:
                    yield component, Image(*(_text(entry, key, "", where) for key in ("newName", "newTag", "digest")))
            case _:
                raise BadInput(f"{where} has two `images` entries for {component}.", "Keep one: of two, the last wins.")


def _entries(document: dict[str, Any], component: str, where: object) -> list[dict[str, Any]]:
    images = document.get("images") or []
    if not isinstance(images, list) or not all(isinstance(entry, dict) for entry in images):
        raise BadInput(f"`images` in {where} should be a list of mappings.")
    return [entry for entry in images if entry.get("name") == COMPONENTS[component].image]


def _holds(document: dict[str, Any], where: str) -> dict[str, Hold]:
    holds = document.get("holds") or {}
    if not isinstance(holds, dict) or not all(isinstance(hold, dict) for hold in holds.values()):
        raise BadInput(f"`holds` in {where} should be a mapping from component to a mapping with `reason`.")
    for component in holds:
        if component not in COMPONENTS:
            raise BadInput(f"{where} holds {component!r}.", f"The components are: {', '.join(COMPONENTS)}.")
    return {
        component: Hold(_text(hold, "reason", "no reason given", where), hold.get("rolled-back-from"))
        for component, hold in holds.items()
    }


def _text(mapping: dict[str, Any], key: str, default: str, where: str) -> str:
    value = mapping.get(key, default)
    if not isinstance(value, str):
        raise BadInput(f"`{key}: {value}` in {where} is not text.", "Put it in quotes.")
    return value


def _set(entry: dict[str, Any], key: str, value: str) -> None:
    if entry.get(key) != value:
        entry[key] = value
