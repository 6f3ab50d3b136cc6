"""The label of overlays that `student add` has made."""

from pathlib import Path

from gitops import yaml_files
from gitops.overlays import store

LABEL = "gutenberg-search/student"


def is_student(root: Path, name: str) -> bool:
    """Whether `student add` has made the overlay."""
    labels = yaml_files.read_mapping(root / store.kustomization(root, name)).get("labels") or []
    return any(name == (entry.get("pairs") or {}).get(LABEL) for entry in labels)
