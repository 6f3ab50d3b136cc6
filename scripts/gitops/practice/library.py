"""The incidents that there are: those of the installed command, or of a folder of the teacher's own."""

import hashlib
from difflib import get_close_matches
from pathlib import Path

from gitops.errors import BadInput
from gitops.practice import reading
from gitops.practice.incident import Incident

OWN = Path(__file__).parent / "incidents"


def every(folder: Path | None) -> dict[str, Incident]:
    """By id, the easier ones first. Raises BadInput for a file that is none."""
    found = [reading.read(path) for path in sorted((folder or OWN).glob("*.md"))]
    return {one.id: one for one in sorted(found, key=lambda one: (one.level, one.minutes, one.id))}


def named(name: str, folder: Path | None) -> Incident:
    """Raises BadInput when there is none of that name."""
    path = (folder or OWN) / f"{name}.md"
    there = [file.stem for file in (folder or OWN).glob("*.md")]
    if name not in there:
        near = ", ".join(get_close_matches(name, there)) or "none that is near"
        raise BadInput(f"There is no incident {name!r}; similar: {near}.", "`gitops practice list` lists them.")
    return reading.read(path)


def variant_for(incident: Incident, overlay: str) -> int:
    """The same for a student each time, and another one for many a neighbour."""
    digest = hashlib.sha256(f"{overlay} {incident.id}".encode()).digest()
    return digest[0] % len(incident.faults)
