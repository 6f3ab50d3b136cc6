"""The exercises of k8s/README.md break what they say and nothing else, and the patches in the READMEs work."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from gitops.manifests.objects import Object, Objects, parse, workloads
from gitops.manifests.quantity import quantity
from gitops.manifests.rules import rules_for, violations
from tests.conftest import need
from tests.k8s.exercises import apply, blocks, exercises
from tests.k8s.kustomize import COMPONENTS, K8S, OVERLAYS, build, combination, overlay
from tests.k8s.programs import programs
from tests.k8s.schema import mistakes, supported_versions

# What finds each exercise's fault.
FINDS = {
    "A Service that finds nobody": "services_select_one_workload",
    "A rollout that never ends": "probes_ask_routes_that_exist",
    "Pods that are never made": "pods_are_restricted",
    "More than the namespace may have": "quotas_hold_a_rollout",
    "A closed door": "callers_reach_what_they_call",
}


def faults(objects: Objects) -> set[str]:
    return set(violations(objects, rules_for(programs())))


@pytest.fixture
def changed(tmp_path: Path, title: str) -> tuple[Object, ...]:
    shutil.copytree(K8S, tmp_path / "k8s")
    apply(exercises()[title], tmp_path)
    return build(tmp_path / "k8s/overlays/local")


@pytest.mark.parametrize("title", FINDS)
class TestExercise:
    def test_it_breaks_what_it_says_and_nothing_else(self, title: str, changed: tuple[Object, ...]) -> None:
        assert faults(overlay("local")) == set()
        assert faults(changed) == {FINDS[title]}

    def test_the_cluster_accepts_the_change(self, title: str, changed: tuple[Object, ...]) -> None:
        assert [mistakes(changed, version) for version in supported_versions()] == [[], []]


def test_there_are_five_exercises() -> None:
    assert list(exercises()) == list(FINDS)


def test_both_languages_have_the_same_exercises_and_commands() -> None:
    for language in ("diff", "sh"):
        assert blocks(K8S / "README.md", language) == blocks(K8S / "README.ja.md", language)


def test_whoever_describes_several_objects_sees_their_events() -> None:
    # Since 1.36 kubectl leaves them out, unless told, when there is more than one object.
    commands = [line for block in blocks(K8S / "README.md", "sh") for line in block.splitlines()]
    several = [line for line in commands if line.startswith("kubectl describe") and " -l " in line]
    assert several
    assert [line for line in several if "--show-events" not in line] == []


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_the_quota_stops_the_deployment_where_the_exercise_says(readme: str) -> None:
    hard = next(one for one in overlay("local") if one["kind"] == "ResourceQuota")["spec"]["hard"]
    backend, frontend = sorted(workloads(overlay("local")), key=lambda work: work.name)

    def replicas(field: str, resource: str) -> int:
        one, other = (quantity(work.containers[0]["resources"][field][resource]) for work in (backend, frontend))
        return int((quantity(hard[f"{field}.{resource}"]) - 2 * other) // one)

    held = {
        f"{field}.{resource}": replicas(field, resource)
        for field in ("requests", "limits")
        for resource in ("cpu", "memory")
    }
    text = (K8S / readme).read_text(encoding="utf-8")
    assert f" {min(held.values())}/20" in text
    assert f"`{min(held, key=lambda key: held[key])}`" in text


def trusted_proxies(objects: Objects) -> list[str]:
    """Whose X-Forwarded-For the frontend believes: a value, or none."""
    [frontend] = next(work for work in workloads(objects) if work.name == "frontend").containers
    return [one["value"] for one in frontend["env"] if one["name"] == "TRUSTED_PROXIES"]


def test_the_frontend_trusts_a_proxy_where_there_is_one_and_nobody_elsewhere() -> None:
    assert {name for name in COMPONENTS if trusted_proxies(combination((name,)))} == {"ingress", "gateway-route"}
    assert trusted_proxies(combination(())) == []
    assert len(trusted_proxies(combination(("gateway-route", "ingress")))) == 1


@pytest.mark.parametrize(
    "component", [name for name in COMPONENTS if blocks(K8S / "components" / name / "README.md", "yaml")]
)
def test_a_components_patches_can_be_used(component: str, tmp_path: Path) -> None:
    there = os.path.relpath(K8S, tmp_path.resolve())
    found = map(yaml.safe_load, blocks(K8S / "components" / component / "README.md", "yaml"))
    kustomization = {
        "resources": [f"{there}/base"],
        "components": [f"{there}/components/{component}"],
        "patches": [patch for block in found for patch in block["patches"]],
    }
    (tmp_path / "kustomization.yaml").write_text(json.dumps(kustomization))
    objects = build(tmp_path)
    assert "books.example.org" in json.dumps(objects)
    assert trusted_proxies(objects) == ["10.42.0.0/16"]
    assert [mistakes(objects, version) for version in supported_versions()] == [[], []]


@pytest.mark.parametrize("name", OVERLAYS)
def test_kubectl_renders_what_kustomize_does(name: str) -> None:
    kubectl = need("kubectl", "Debian's kubernetes-client, or see https://kubernetes.io/docs/tasks/tools/")
    done = subprocess.run(
        [kubectl, "kustomize", K8S / "overlays" / name], stdout=subprocess.PIPE, text=True, check=True
    )
    assert parse(done.stdout) == list(overlay(name))
