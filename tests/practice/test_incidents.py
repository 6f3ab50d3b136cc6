"""Every incident is what it says: its fault is found by name, right fixes pass, and wrong ones are refused by name."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from gitops.manifests.objects import Object
from gitops.practice import answers, incident_file, proof
from gitops.practice.incident import Incident
from tests.gitops.support.sandbox import ROOT
from tests.k8s.schema import mistakes, supported_versions
from tests.practice.ground import OVERLAYS, ground

INCIDENTS = [
    incident_file.read_incident(path) for path in sorted((ROOT / "scripts/gitops/practice/incidents").glob("*.md"))
]
ANSWERS = Path(__file__).parent / "answers"


def refusals(objects: Sequence[Object]) -> list[str]:
    return [mistake for version in supported_versions() for mistake in mistakes(tuple(objects), version)]


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda one: one.id)
def test_an_incident_is_what_it_says(incident: Incident, overlay: str) -> None:
    known = answers.read(ANSWERS / f"{incident.id}.md")
    assert list(proof.problems(incident, known, ground(overlay), refusals)) == []


def test_describing_several_objects_shows_their_events() -> None:
    # Since 1.36 kubectl leaves them out, unless told, when there is more than one object.
    commands = [line for one in INCIDENTS for line in one.look.splitlines()]
    several = [line for line in commands if line.startswith("kubectl describe") and " -l " in line]
    assert several
    assert [line for line in several if "--show-events" not in line] == []
