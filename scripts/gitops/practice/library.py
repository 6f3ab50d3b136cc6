"""The incidents: those that come with the command, or those in a teacher's folder."""

import hashlib
from difflib import get_close_matches
from pathlib import Path

from gitops.errors import BadInput
from gitops.practice import incident_file
from gitops.practice.incident import Incident
from gitops.practice.words import said
from gitops.text import Text

OWN = Path(__file__).parent / "incidents"
_NO_INCIDENT = Text(
    "There is no incident {name!r}; similar: {near}.", "{name!r} というインシデントはありません。似た名前：{near}"
)
_NONE = Text("none", "なし")
_LIST = Text("`gitops practice list` lists them.", "`gitops practice list` で一覧を見られます。")


def every(folder: Path | None) -> dict[str, Incident]:
    """By id, the easier ones first. Raises BadInput for a file that is not one."""
    incidents = [incident_file.read_incident(path) for path in (folder or OWN).glob("*.md")]
    incidents.sort(key=lambda incident: (incident.level, incident.minutes, incident.id))
    return {incident.id: incident for incident in incidents}


def named(name: str, folder: Path | None) -> Incident:
    """Raises BadInput when there is none of that name."""
    path = (folder or OWN) / f"{name}.md"
    there = [file.stem for file in (folder or OWN).glob("*.md")]
    if name not in there:
        near = ", ".join(get_close_matches(name, there)) or said(_NONE)
        raise BadInput(said(_NO_INCIDENT, name=name, near=near), said(_LIST))
    return incident_file.read_incident(path)


def variant_for(incident: Incident, overlay: str) -> int:
    """The variant for a student: always the same, and often another one than a neighbour's."""
    digest = hashlib.sha256(f"{overlay} {incident.id}".encode()).digest()
    return digest[0] % len(incident.faults)
