"""What is named after a former owner: an overlay, its namespace, its Application and its project."""

import re
import shutil
from pathlib import Path
from typing import Literal

from gitops import yaml_files
from gitops.model import COMPONENTS
from gitops.operations import sources
from gitops.operations.student_label import is_student
from gitops.overlays import store
from gitops.overlays.overlay_names import APPLICATIONS, application
from gitops.overlays.store import OVERLAYS


def settle(root: Path, old: str, new: str) -> Literal["rename", "remove"] | None:
    """Renames the old overlay, or removes it when the new one exists. Returns what was done, None for nothing.

    A student's overlay stays, whoever has the same name.
    """
    there = store.names(root)
    if old in there and is_student(root, old):
        return None
    if new in there:
        return "remove" if _remove(root, old, new) else None
    if old not in there:
        return None
    shutil.copytree(root / OVERLAYS / old, root / OVERLAYS / new, symlinks=True, dirs_exist_ok=True)
    shutil.rmtree(root / OVERLAYS / old)
    _name_anew(root, old, new)
    return "rename"


def _remove(root: Path, old: str, new: str) -> bool:
    left = _named_after(root, old)
    for file in left:
        file.unlink()
    if there := old in store.names(root):
        shutil.rmtree(root / OVERLAYS / old)
        _substitute(_settings(root), old, new)
    return bool(left or there)


def _name_anew(root: Path, old: str, new: str) -> None:
    folders = (root / OVERLAYS / new, root / APPLICATIONS)
    _substitute({*(file for folder in folders for file in yaml_files.under(folder)), *_settings(root)}, old, new)
    for file in _named_after(root, old):
        file.rename(file.with_name(new + file.name.removeprefix(old)))


def _settings(root: Path) -> set[Path]:
    """The settings of all overlays: another one may follow the overlay that is renamed."""
    return set(root.glob(store.settings_path("*")))


def _named_after(root: Path, overlay: str) -> list[Path]:
    """The files of an overlay's Application and project."""
    name = re.compile(rf"{re.escape(overlay)}(-application)?\.ya?ml")
    return [file for file in sources.files(root) if name.fullmatch(file.name)]


def _substitute(files: set[Path], old: str, new: str) -> None:
    # The name of an image in `images` is what a container says; which image that becomes is written by its component.
    image = "|".join(component.image for component in COMPONENTS.values())
    word = rf"(?:(?<=[\s/'\"])|(?<={application('')})){re.escape(old)}(?![\w-]|/(?:{image})\b)"
    value = rf"(?m)(?<=[:-] ){re.escape(old)}(?=\s|$)"
    for file in sorted(files):
        yaml_files.substitute(file, [(value, yaml_files.plain(new)), (word, new)])
