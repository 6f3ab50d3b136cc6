"""The label of overlays that `student add` has made."""

from pathlib import Path

from gitops import yaml_files
from gitops.manifests.objects import at
from gitops.overlays import store

LABEL = "gutenberg-search/student"


def is_student(root: Path, name: str) -> bool:
    """Whether `student add` has made the overlay."""
    labels = yaml_files.read_mapping(root / store.kustomization(root, name)).get("labels")
    return isinstance(labels, list) and any(name == at(entry, "pairs", LABEL) for entry in labels)
