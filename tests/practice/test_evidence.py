"""What kubectl showed of each incident: recorded by `python -m tests.cluster.record`, for those who have no cluster."""

from io import StringIO
from pathlib import Path

import pytest

from gitops.doctor.logs import log_reader
from gitops.practice import evidence, library
from gitops.practice.incident import Incident
from tests.cluster.evidence import is_shown, normal
from tests.practice.school import new_desk, new_school
from tests.practice.test_incidents import INCIDENTS

LARGEST = 15_000
VARIANTS = [(one, variant) for one in INCIDENTS for variant in range(len(one.faults))]


@pytest.mark.parametrize(("incident", "variant"), VARIANTS, ids=lambda one: getattr(one, "id", str(one)))
def test_a_recording_shows_what_the_incident_says(incident: Incident, variant: int) -> None:
    text = evidence.file(incident.id, variant, None).read_text(encoding="utf-8")
    assert [line[2:] for line in text.splitlines() if line.startswith("$ ")] == incident.look.splitlines()
    assert is_shown(incident, text)
    named = [sighting.fault for sighting in log_reader.sightings(StringIO(text))]
    assert incident.log <= {name for fault in named for name in (fault.id, *fault.explains)}
    assert len(text) <= LARGEST
    assert len(text.splitlines()) <= evidence.MOST_LINES


@pytest.mark.parametrize(("incident", "variant"), VARIANTS, ids=lambda one: getattr(one, "id", str(one)))
def test_a_recording_has_nothing_that_differs_each_time(incident: Incident, variant: int) -> None:
    text = evidence.file(incident.id, variant, None).read_text(encoding="utf-8")
    assert normal(text, "practice-ada") == text


def test_every_variant_has_a_recording_and_there_are_no_others() -> None:
    folder = evidence.file("any", 0, None).parent
    assert sorted(folder.iterdir()) == sorted(evidence.file(one.id, variant, None) for one, variant in VARIANTS)


def test_names_ages_addresses_and_hashes_do_not_count() -> None:
    def shown(pods: tuple[str, str], age: str, address: str) -> str:
        rows = "".join(f"backend-{pod}   1/1     Running   0          {age}   {address}\n" for pod in sorted(pods))
        return f"$ kubectl get pods\nNAME                       READY   STATUS    RESTARTS   AGE   IP\n{rows}"

    one = shown(("6c557f977b-8lbgk", "7d4c9b8f65-zzzzz"), "12s", "10.244.0.7")
    other = shown(("9b8f65c7d4-8lbgk", "597b8b48cb-zgtjd"), "99s", "10.244.1.9")
    assert normal(one, "ada") == normal(other, "bob")


def test_without_a_cluster_a_student_reads_the_recording(tmp_path: Path) -> None:
    desk = new_desk(new_school(tmp_path / "school", "ada"), tmp_path / "desks", "ada")
    assert "gitops practice evidence" in desk.practice("start", "closed-door", "--overlay", "ada", "--variant", "2").out
    text = desk.practice("evidence").out
    assert "Namespace:    ada" in text
    assert "To Port: 8000/UDP" in text
    own = tmp_path / "own"
    own.mkdir()
    (own / "closed-door.md").write_text((library.OWN / "closed-door.md").read_text())
    done = desk.practice("evidence", "--from", str(own))
    assert (done.status, "Nothing was recorded of closed-door" in done.err) == (2, True)
