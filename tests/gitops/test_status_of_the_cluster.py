"""`gitops status` beside a cluster: what kubectl says, played by a program of that name."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.gitops.support.sandbox import Clone

POD = {"kind": "Pod", "metadata": {"name": "backend-1", "namespace": "satomichi", "labels": {"app": "backend"}}}


def deployment(name: str, image: str, *, wanted: int = 2, ready: int = 2, **status: Any) -> dict[str, Any]:
    return {
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": "satomichi"},
        "spec": {
            "replicas": wanted,
            "selector": {"matchLabels": {"app": name}},
            "template": {"spec": {"containers": [{"name": name, "image": image}]}},
        },
        "status": {"readyReplicas": ready, "updatedReplicas": wanted, **status},
    }


@pytest.fixture
def clone(clone: Clone, tmp_path: Path) -> Clone:
    """A clone with a kubectl that prints a file; without the file there is no cluster."""
    program = tmp_path / "bin/kubectl"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nexec cat {tmp_path}/cluster.json\n")
    program.chmod(0o755)
    path = f"{program.parent}:{clone.environment['PATH']}"
    for part in ("backend", "frontend"):
        clone.build(part, clone.commit(part))
    clone.gitops("update")
    return Clone(clone.path, clone.registry, {**clone.environment, "PATH": path})


def shown(clone: Clone, tmp_path: Path, *objects: dict[str, Any]) -> dict[str, str]:
    there = {"kind": "Namespace", "metadata": {"name": "satomichi"}}
    (tmp_path / "cluster.json").write_text(json.dumps({"items": [there, *objects]}))
    done = clone.gitops("status", "--json")
    assert done.status == 0, done.err
    return {row["component"]: row["cluster"] for row in done.json}


def images(clone: Clone) -> dict[str, str]:
    return {row["component"]: row["image"] for row in clone.gitops("status", "--json").json}


def test_without_a_cluster_there_is_no_column(clone: Clone) -> None:
    assert clone.gitops("status", "--json").json[0]["cluster"] is None
    assert "CLUSTER" not in clone.gitops("status").out


def test_a_deployment_is_ready_that_runs_the_images_in_git(clone: Clone, tmp_path: Path) -> None:
    runs = images(clone)
    objects = [deployment(name, image) for name, image in runs.items()]
    assert shown(clone, tmp_path, *objects) == {"backend": "ready", "frontend": "ready"}
    assert "CLUSTER" in clone.gitops("status").out


def test_a_deployment_that_differs_from_git_or_is_unwell_is_named(clone: Clone, tmp_path: Path) -> None:
    runs = images(clone)
    other = f"ghcr.io/x/k8s-practice-backend:sha-{'1a' * 20}@sha256:{'0' * 64}"
    assert shown(clone, tmp_path, deployment("backend", other)) == {
        "backend": "runs 1a1a1a1",
        "frontend": "it is not there",
    }
    asleep = deployment("frontend", runs["frontend"], wanted=0, ready=0)
    stuck = [{"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}]
    crashing = {**POD, "status": {"containerStatuses": [{"state": {"waiting": {"reason": "CrashLoopBackOff"}}}]}}
    backend = deployment("backend", runs["backend"], ready=1, conditions=stuck)
    assert shown(clone, tmp_path, backend, asleep, crashing) == {
        "backend": "ProgressDeadlineExceeded, CrashLoopBackOff, 1 of 2 pods are ready",
        "frontend": "it is scaled to 0",
    }


def test_components_in_git_are_missed_in_an_empty_namespace(clone: Clone, tmp_path: Path) -> None:
    assert shown(clone, tmp_path) == {"backend": "it is not there", "frontend": "it is not there"}
