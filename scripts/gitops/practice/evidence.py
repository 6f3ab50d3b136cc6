"""The recorded output of kubectl in a real cluster with an incident, for those who have no cluster."""

from pathlib import Path

from gitops.practice.diffs import OVERLAY
from gitops.practice.incident_file import text_of
from gitops.practice.library import OWN
from gitops.practice.markers import Marker

MOST_LINES = 400


def file(incident: str, variant: int, folder: Path | None) -> Path:
    """The recording of a variant, beside the incident's file."""
    return (folder or OWN) / "evidence" / f"{incident}-{variant + 1}.txt"


def recorded(marker: Marker, folder: Path | None) -> str:
    """The commands, each with its output; empty if there is no recording."""
    path = file(marker.incident, marker.variant, folder)
    return text_of(path).replace(OVERLAY, marker.overlay) if path.exists() else ""
