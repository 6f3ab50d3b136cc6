"""Every overlay and every combination of components is accepted by the cluster and holds together."""

import pytest

from gitops.manifests.network_policy import Peer, lets_in, lets_out
from gitops.manifests.objects import Object, at, reference, workloads
from gitops.manifests.rules import rules_for, violations
from tests.gitops.manifests.programs import programs
from tests.k8s.kustomize import COMBINATIONS, COMPONENTS, K8S, OVERLAYS, combination, overlay
from tests.k8s.schema import mistakes, supported_versions

# How many events of one kind the kubelet tells of a pod before it waits five minutes with the next. Source:
# https://github.com/kubernetes/client-go/blob/v0.35.4/tools/record/events_cache.go (defaultSpamBurst)
_EVENTS_TOLD = 25


@pytest.mark.parametrize("name", OVERLAYS)
class TestOverlay:
    def test_the_cluster_accepts_it(self, name: str) -> None:
        assert_accepted(overlay(name))

    def test_it_holds_together(self, name: str) -> None:
        assert violations(overlay(name), rules_for(programs())) == {}

    def test_all_is_in_one_namespace(self, name: str) -> None:
        namespaces = {at(item, "metadata", "namespace") for item in overlay(name) if item["kind"] != "Namespace"}
        assert len(namespaces) == 1
        created = {at(item, "metadata", "name") for item in overlay(name) if item["kind"] == "Namespace"}
        assert created <= namespaces

    def test_whatever_it_makes_is_labelled(self, name: str) -> None:
        for work in workloads(overlay(name)):
            assert {"app.kubernetes.io/name", "app.kubernetes.io/part-of"} <= work.labels.keys()

    def test_what_goes_wrong_after_the_longest_start_is_still_told(self, name: str) -> None:
        for work in workloads(overlay(name)):
            for container in work.containers:
                assert at(container, "startupProbe", "failureThreshold") < _EVENTS_TOLD


@pytest.mark.parametrize("components", COMBINATIONS, ids=lambda components: "+".join(components) or "base")
def test_every_combination_of_components_is_accepted_and_holds_together(components: tuple[str, ...]) -> None:
    objects = combination(components)
    assert_accepted(objects)
    assert violations(objects, rules_for(programs())) == {}


def test_all_combinations_of_the_components_are_tried() -> None:
    assert {"ingress", "network-policy"} <= set(COMPONENTS)
    assert len(set(COMBINATIONS)) == 2 ** len(COMPONENTS)


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_component_adds_something_and_says_what(component: str) -> None:
    assert combination((component,)) != combination(())
    readme = (K8S / "components" / component / "README.md").read_text(encoding="utf-8")
    assert len(readme.strip().split("\n\n")) >= 2


def test_strangers_reach_neither_the_backend_nor_the_world_through_it() -> None:
    objects = combination(("network-policy",))
    backend, frontend = sorted(workloads(objects), key=lambda one: one.name)
    for stranger in (Peer({"app": "curl"}), Peer(frontend.labels, "another-namespace"), Peer({}, "ingress")):
        assert not lets_in(objects, backend, stranger, 8000)
    assert lets_in(objects, backend, Peer(frontend.labels), 8000)
    assert not lets_in(objects, backend, Peer(frontend.labels), 9000)
    assert not lets_out(objects, backend, Peer({}, "kube-system"), 53, "UDP")
    assert not lets_out(objects, frontend, Peer({}, "another-namespace"), 443, "TCP")


def test_production_scales_from_three_replicas() -> None:
    scalers = [one for one in overlay("production") if one["kind"] == "HorizontalPodAutoscaler"]
    assert {(reference(autoscaler), autoscaler["spec"]["minReplicas"]) for autoscaler in scalers} == {
        ("HorizontalPodAutoscaler/backend", 3),
        ("HorizontalPodAutoscaler/frontend", 3),
    }


def test_the_local_overlay_asks_no_registry() -> None:
    for work in workloads(overlay("local")):
        for container in work.containers:
            assert container["image"] == f"k8s-practice-{work.name}:local"
            # For a tag other than latest, a node takes the image that it already has.
            assert "imagePullPolicy" not in container


def test_namespaces_enforce_restricted_pod_security() -> None:
    namespaces = [item for name in OVERLAYS for item in overlay(name) if item["kind"] == "Namespace"]
    assert len(namespaces) == 2
    for item in namespaces:
        assert at(item, "metadata", "labels", "pod-security.kubernetes.io/enforce") == "restricted"


def assert_accepted(objects: tuple[Object, ...]) -> None:
    assert {version: mistakes(objects, version) for version in supported_versions()} == {
        version: [] for version in supported_versions()
    }
