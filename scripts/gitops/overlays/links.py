"""Symbolic links, which are not followed out of the repository, nor from k8s/ to the rest of it."""

import os
from pathlib import Path

from gitops.overlays.kustomize_paths import MANIFESTS


def problem(root: Path, path: str) -> str:
    """Says that a symbolic link leads the path out of the repository; empty when none does."""
    inside = Path(os.path.realpath(root), *([MANIFESTS] if path.partition("/")[0] == MANIFESTS else []))
    if Path(os.path.realpath(root / path)).is_relative_to(inside):
        return ""
    return f"{path} is a symbolic link that leads out of {inside.relative_to(inside.parent)}/"


def followed(root: Path, path: str) -> str:
    """Where a path of the repository leads, as a path of the repository; itself when it leads out."""
    target = Path(os.path.realpath(root / path))
    inside = Path(os.path.realpath(root))
    return target.relative_to(inside).as_posix() if target.is_relative_to(inside) else path
