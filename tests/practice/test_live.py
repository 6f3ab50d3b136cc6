"""What a cluster shows beside what git says: read as kubectl prints it, and never written."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from gitops.overlays.store import LOCAL
from gitops.practice import live
from gitops.practice.live import Look, problems
from tests.practice.ground import ground
from tests.practice.school import Desk, new_desk, new_school

RENDERED = ground(LOCAL).after().objects


def running(objects: Any = RENDERED) -> list[dict[str, Any]]:
    """The objects as an API server shows them once all is well: with defaults, states and endpoints."""
    shown = copy.deepcopy(list(objects))
    for item in shown:
        if item["kind"] == "Deployment":
            count = item["spec"]["replicas"]
            item["metadata"]["generation"] = 3
            item["spec"]["template"]["spec"]["dnsPolicy"] = "ClusterFirst"
            item["status"] = {"observedGeneration": 3} | dict.fromkeys(
                ("replicas", "updatedReplicas", "availableReplicas"), count
            )
        if item["kind"] == "ResourceQuota":
            item["spec"]["hard"]["limits.cpu"] = "4.5"
    slices = [
        {
            "kind": "EndpointSlice",
            "metadata": {"name": f"{name}-x", "labels": {"kubernetes.io/service-name": name}},
            "endpoints": [{"addresses": ["10.1.1.1"], "conditions": {"ready": True}}],
        }
        for name in ("backend", "frontend")
    ]
    pod = {"kind": "Pod", "metadata": {"name": "backend-1"}, "status": {"containerStatuses": [{"restartCount": 1}]}}
    return [*shown, *slices, pod]


def the(objects: list[dict[str, Any]], kind: str, name: str) -> dict[str, Any]:
    return next(one for one in objects if one["kind"] == kind and one["metadata"]["name"] == name)


def found(objects: list[dict[str, Any]], answered: int = live.SEARCHES) -> list[str]:
    return [one.requirement for one in problems(RENDERED, Look(objects, answered))]


def test_a_cluster_that_runs_what_git_says_and_answers_is_well() -> None:
    assert found(running()) == []


def test_a_change_that_has_not_arrived_is_all_that_is_said() -> None:
    old = running()
    the(old, "Service", "backend")["spec"]["selector"] = {"app.kubernetes.io/name": "back-end"}
    assert found(old, 0) == ["the-cluster-has-the-change"]


def test_a_rollout_that_is_not_done_is_named() -> None:
    for field, value in (("updatedReplicas", 1), ("availableReplicas", 1), ("replicas", 3), ("observedGeneration", 2)):
        objects = running()
        the(objects, "Deployment", "backend")["status"][field] = value
        assert found(objects) == ["rollouts-are-done"]


def test_a_service_without_ready_pods_is_named() -> None:
    objects = running()
    the(objects, "EndpointSlice", "backend-x")["endpoints"][0]["conditions"]["ready"] = False
    assert found(objects) == ["services-have-pods"]


def test_one_search_that_is_not_answered_is_enough() -> None:
    assert found(running(), live.SEARCHES - 1) == ["the-page-answers"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """With a kubectl that prints what is in files, and has no verb but get."""
    monkeypatch.setattr(live, "STEADY_SECONDS", 0)
    made = new_desk(new_school(tmp_path / "school"), tmp_path / "desks", "ada")
    program = tmp_path / "bin/kubectl"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\n[ "$2" = get ] || exit 9\n[ "$3" = --raw ] && exec cat {tmp_path}/page.json\n'
        f"exec cat {tmp_path}/cluster.json\n"
    )
    program.chmod(0o755)
    made.environment["PATH"] = f"{program.parent}:{made.environment['PATH']}"
    (tmp_path / "page.json").write_text('{"hits": 3}')
    assert made.practice("start", "nobody-home", "--variant", "1").status == 0
    return made


def show(desk: Desk, tmp_path: Path, *changes: tuple[str, str]) -> None:
    """The cluster runs what the local overlay says, with the backend's Service as changed."""
    objects = running()
    service = the(objects, "Service", "backend")["spec"]
    service["ports"][0]["appProtocol"] = "http"
    service["selector"] |= dict(changes)
    (tmp_path / "cluster.json").write_text(json.dumps({"items": objects}))


def requirements(desk: Desk) -> tuple[int, list[str]]:
    done = desk.practice("check", "--live", "--json")
    return done.status, [one["requirement"] for one in done.json["failures"]]


def test_an_incident_is_solved_live_once_the_fault_was_seen_and_is_gone(desk: Desk, tmp_path: Path) -> None:
    label = "app.kubernetes.io/name"
    show(desk, tmp_path, (label, "back-end"))
    assert requirements(desk) == (1, ["services-select-one-workload"])
    desk.edit("k8s/base/backend.yaml", f"    {label}: back-end\n", f"    {label}: backend\n")
    assert requirements(desk) == (1, ["the-cluster-has-the-change"])
    show(desk, tmp_path)
    assert requirements(desk) == (0, [])
    (tmp_path / "page.json").write_text('{"hits": 0}')
    assert requirements(desk) == (1, ["the-page-answers"])


def test_a_fault_that_was_never_seen_is_not_gone(desk: Desk, tmp_path: Path) -> None:
    desk.edit(
        "k8s/base/backend.yaml", "    app.kubernetes.io/name: back-end\n", "    app.kubernetes.io/name: backend\n"
    )
    show(desk, tmp_path)
    assert requirements(desk) == (1, ["the-fault-was-seen"])


def test_a_fault_of_which_the_cluster_refuses_a_part_is_seen_by_its_users(desk: Desk, tmp_path: Path) -> None:
    label = "app.kubernetes.io/name"
    show(desk, tmp_path)
    (tmp_path / "page.json").write_text("")
    assert requirements(desk) == (1, ["services-select-one-workload", "the-cluster-has-the-change"])
    (tmp_path / "page.json").write_text('{"hits": 3}')
    desk.edit("k8s/base/backend.yaml", f"    {label}: back-end\n", f"    {label}: backend\n")
    assert requirements(desk) == (0, [])


def test_the_cluster_is_not_watched_while_git_is_not_solved(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # To wait at all would fail: time.sleep refuses a negative number.
    monkeypatch.setattr(live, "STEADY_SECONDS", -1)
    show(desk, tmp_path, ("app.kubernetes.io/name", "back-end"))
    assert requirements(desk) == (1, ["services-select-one-workload"])


def test_without_a_cluster_it_says_so(desk: Desk) -> None:
    done = desk.practice("check", "--live")
    assert (done.status, "kubectl shows nothing of the namespace gutenberg-search-local" in done.err) == (2, True)
