"""How an overlay that `student add` has made is known."""

from pathlib import Path

from gitops import overlays, yaml_files

LABEL = "gutenberg-search/student"


def is_student(root: Path, name: str) -> bool:
    """Whether `student add` has made the overlay."""
    labels = yaml_files.read_mapping(root / overlays.kustomization(root, name)).get("labels") or []
    return any(name == (entry.get("pairs") or {}).get(LABEL) for entry in labels)
