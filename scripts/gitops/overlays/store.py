"""The overlays under k8s/overlays: which images they name, what they follow, and which components are held."""

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from gitops import yaml_files
from gitops.errors import BadInput
from gitops.model import COMPONENTS, Hold, Image
from gitops.overlays import settings
from gitops.overlays.kustomize_paths import NAMES
from gitops.yaml_values import Mapping

OVERLAYS = "k8s/overlays"
LOCAL = "local"
"""The overlay of one's own machine, which Argo CD leaves alone."""
MOST_OVERLAYS = 2000
MOST_BYTES = 5_000_000
"""Bytes that gitops reads of all overlays together."""
_NAMES = f"{', '.join(NAMES[:-1])} or {NAMES[-1]}"


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

    @property
    def kustomization(self) -> str:
        return kustomization(self.root, self.name)

    def image(self, component: str) -> Image:
        """Raises BadInput when the overlay does not deploy this component from a registry."""
        if component not in self.images:
            raise BadInput(f"The overlay {self.name} {self.lack(component)}.", "Add it, and run this again.")
        return self.images[component]

    def lack(self, component: str) -> str:
        """The rest of a sentence that begins with the overlay: why `images` has no entry for the component."""
        return (
            f"takes no {component} from a registry: `images` in {self.kustomization} has no entry for "
            f"{COMPONENTS[component].image} with newName, newTag and digest"
        )


def kustomizations(overlay: str) -> list[str]:
    """The paths in the repository under which kustomize looks for the overlay's kustomization; the first is ours."""
    return [f"{OVERLAYS}/{overlay}/{name}" for name in NAMES]


def kustomization(root: Path, overlay: str) -> str:
    """The path of the overlay's kustomization in the repository. Raises BadInput when there is none, or two."""
    match [path for path in kustomizations(overlay) if (root / path).is_file()]:
        case [path]:
            return path
        case []:
            raise BadInput(f"{OVERLAYS}/{overlay} has no {_NAMES}.", "Add one.")
        case found:
            raise BadInput(f"{' and '.join(found)} are there, and kustomize refuses both.", "Keep one of them.")


def settings_path(overlay: str) -> str:
    """The path of what only gitops reads. kustomize ignores the file, and it may be missing."""
    return f"{OVERLAYS}/{overlay}/{settings.NAME}"


def names(root: Path) -> list[str]:
    """The folders that have a kustomization. Raises BadInput when there are more of them, or more in them, than anybody
    deploys."""
    folders = _folders(root)
    if len(folders) > MOST_OVERLAYS:
        raise BadInput(f"{OVERLAYS} has more than {MOST_OVERLAYS} folders.", "Remove those that are not deployed.")
    sizes = {folder: sum(_sizes(root, folder)) for folder in folders}
    if sum(sizes.values()) > MOST_BYTES:
        raise BadInput(
            f"The kustomizations and settings in {OVERLAYS} have more than {MOST_BYTES} bytes together.",
            f"Leave only what is its own in {max(folders, key=lambda folder: sizes[folder])}, which has most of them.",
        )
    return [folder for folder in folders if any((root / path).exists() for path in kustomizations(folder))]


def without(root: Path) -> dict[str, str]:
    """The folders without a kustomization, and the sentence that says so: nothing is deployed from them."""
    folders = set(_folders(root)) - set(names(root))
    return dict.fromkeys(sorted(folders), f"it has no {_NAMES}, so that nothing is deployed from it")


def _folders(root: Path) -> list[str]:
    if not (root / OVERLAYS).is_dir():
        return []
    return sorted(path.name for path in (root / OVERLAYS).iterdir() if path.is_dir())


def _sizes(root: Path, overlay: str) -> Iterator[int]:
    """The bytes of each file of the overlay that gitops reads."""
    for path in (*kustomizations(overlay), settings_path(overlay)):
        with contextlib.suppress(OSError):
            yield (root / path).stat().st_size


def read_all(root: Path) -> tuple[list[Overlay], dict[str, BadInput]]:
    """The overlays, and by name what is wrong with those that cannot be understood."""
    overlays, faults = [], {}
    for name in names(root):
        try:
            overlays.append(_read(root, name))
        except BadInput as error:
            faults[name] = error
    return overlays, faults


def read_each(root: Path, wanted: Collection[str]) -> list[Overlay]:
    """Raises BadInput when one of them is not there, or when a file of it cannot be understood."""
    there = names(root)
    missing = sorted(set(wanted) - set(there))
    if missing:
        raise BadInput(f"There is no overlay {missing[0]!r}.", f"These are there: {', '.join(there) or 'none'}.")
    return [_read(root, name) for name in wanted]


def read(root: Path, name: str) -> Overlay:
    """One overlay; raises as read_each does."""
    return read_each(root, [name])[0]


def _read(root: Path, name: str) -> Overlay:
    path = kustomization(root, name)
    images = dict(_images(yaml_files.read_mapping(root / path), path))
    extra = _read_settings(root, name)
    return Overlay(root, name, images, settings.follows(extra), settings.holds(extra))


def images_in(text: str, where: str) -> dict[str, Image]:
    """The images that the text of a kustomization names; none when it cannot be understood."""
    try:
        return dict(_images(yaml_files.parse_mapping(text, where), where))
    except BadInput:
        return {}


def write_images(overlay: Overlay, images: dict[str, Image]) -> None:
    """Writes newName, newTag and digest of these components into the overlay."""
    path = overlay.root / overlay.kustomization
    document = yaml_files.read_mapping(path)
    changes: dict[tuple[str | int, ...], str] = {}
    for component, image in images.items():
        entry = _entries(document, component, path)[0]
        place = document["images"].index(entry)
        wanted = {"newName": image.name, "newTag": image.tag, "digest": image.digest}
        old = {"newName": _name(entry, path), "newTag": entry.get("newTag"), "digest": entry.get("digest")}
        changes |= {("images", place, key): value for key, value in wanted.items() if value != old[key]}
    if changes:
        yaml_files.change(path, changes)


def write_hold(overlay: Overlay, component: str, hold: Hold | None) -> None:
    """Holds a component, or releases it."""
    path = overlay.root / settings_path(overlay.name)
    document = yaml_files.edit_mapping(path) if path.exists() else CommentedMap()
    holds = document["holds"] = document.get("holds") or CommentedMap()
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


def _read_settings(root: Path, name: str) -> Mapping:
    path = root / settings_path(name)
    document = yaml_files.read_mapping(path) if path.exists() else Mapping()
    if fault := next(settings.faults(document), None):
        raise BadInput(f"{settings_path(name)}: {fault.what}.", "Correct it, and run this again.")
    return document


def _images(document: dict[str, Any], where: str) -> Iterator[tuple[str, Image]]:
    for component in COMPONENTS:
        match _entries(document, component, where):
            case []:
                continue
            case [entry]:
                name = _name(entry, where)
                if "/" in name and "digest" in entry:
                    yield component, Image(name, *(_text(entry, key, "", where) for key in ("newTag", "digest")))
            case _:
                raise BadInput(f"{where} has two `images` entries for {component}.", "Keep one: of two, the last wins.")


def _entries(document: dict[str, Any], component: str, where: object) -> list[dict[str, Any]]:
    images = document.get("images") or []
    if not isinstance(images, list) or not all(isinstance(entry, dict) for entry in images):
        raise BadInput(f"`images` in {where} should be a list of mappings.")
    ours = COMPONENTS[component].image
    return [entry for entry in images if str(entry.get("name")).rpartition("/")[2] == ours]


def _name(entry: dict[str, Any], where: object) -> str:
    """The image's name, which is that of the entry, or in it: the name that the container has in the base."""
    return _text(entry, "newName", str(entry["name"]), where)


def _text(mapping: dict[str, Any], key: str, default: str, where: object) -> str:
    value = mapping.get(key, default)
    if not isinstance(value, str):
        raise BadInput(f"`{key}: {value}` in {where} is not text.", "Put it in quotes.")
    return value
