"""Excerpts as CI, kubectl, the containers and Argo CD print them, each with the fault behind it."""

from pathlib import Path

import pytest

from gitops.doctor.logs.reading import FAULTS, report, sightings
from gitops.doctor.table import CHECKS

TEXT = Path(__file__).with_name("excerpts.txt").read_text(encoding="utf-8")
EXCERPTS = dict(section.split("\n", 1) for section in TEXT.split("\n== ")[1:])


@pytest.mark.parametrize("fault", EXCERPTS)
def test_a_fault_is_recognised(fault: str) -> None:
    assert fault in {one.fault.id for one in sightings(EXCERPTS[fault].splitlines())}


def test_missing_metrics_are_not_taken_for_a_kind_that_is_missing() -> None:
    assert [one.fault.id for one in sightings(EXCERPTS["no-metrics"].splitlines())] == ["no-metrics"]


def test_every_fault_has_an_excerpt() -> None:
    assert {fault.id for fault in FAULTS} == set(EXCERPTS)


def test_the_check_behind_a_fault_exists() -> None:
    assert {fault.check for fault in FAULTS} - {""} <= set(CHECKS)


def test_a_log_of_a_good_run_shows_no_fault() -> None:
    log = [
        "Run docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a",
        "#21 pushing manifest for ghcr.io/satomichi/k8s-practice-backend:sha-1@sha256:9f9f done",
        "- satomichi backend: deploy 5d6e7f8",
        "   5d6e7f8..1a2b3c4  HEAD -> main",
        "Normal  Pulled  kubelet  Successfully pulled image in 2.1s",
        'deployment "backend" successfully rolled out',
        "Health Status:      Healthy",
        "Sync Status:        Synced to main (5d6e7f8)",
    ]
    assert sightings(log) == []
    assert report([]) == "No known fault is in this log.\n"


def test_a_fault_is_told_once_with_its_first_line_and_its_number() -> None:
    log = ["Starting", "\x1b[31mexec format error\x1b[0m", "exec format error"]
    (found,) = sightings(log)
    assert (found.line, found.times, found.text) == (2, 2, "exec format error")
    assert "exec-format-error (line 2, 2 times)" in report([found])


def test_a_line_of_any_length_is_read_in_time() -> None:
    assert sightings(["http://localhost " * 200_000, "self-heal" * 200_000]) == []
