"""Each rule finds what it is there for, and nothing in manifests that only look alike."""

from collections.abc import Sequence
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from gitops.manifests.objects import Object, selects
from gitops.manifests.quantity import quantity
from gitops.manifests.rules import RULES
from gitops.manifests.rules.probes import probes_ask_routes_of
from gitops.manifests.rules.projects import permitted_by
from gitops.manifests.violation import Rule
from tests.k8s.breaking import BREAKS, Break, Manifests, config_map, container, pod, spec, the
from tests.k8s.kustomize import COMPONENTS, combination


@pytest.fixture
def manifests() -> Manifests:
    """All components together, to be changed."""
    return deepcopy([dict(one) for one in combination(tuple(COMPONENTS))])


@pytest.mark.parametrize(("rule", "change"), BREAKS, ids=[change.__name__ for _, change in BREAKS])
def test_a_rule_finds_what_breaks_it(manifests: Manifests, rule: Rule, change: Break) -> None:
    assert rule(manifests) == []
    change(manifests)
    assert [str(found) for found in rule(manifests)]


def test_every_rule_is_broken_at_least_once() -> None:
    assert {rule for rule, _ in BREAKS} == set(RULES)


def test_rules_find_nothing_where_there_is_nothing() -> None:
    assert [found for rule in RULES for found in rule([])] == []


def test_a_violation_names_the_object_as_kubectl_does(manifests: Manifests) -> None:
    container(manifests)["image"] = "backend:latest"
    rule = next(rule for rule in RULES if rule.__name__ == "images_are_pinned")
    assert [str(found) for found in rule(manifests)] == ["Deployment/backend: image backend:latest has the tag latest"]


class TestWhatLooksBrokenButIsNot:
    def test_a_digest_that_follows_a_tag(self, manifests: Manifests) -> None:
        container(manifests)["image"] = "localhost:5000/k8s-practice-backend:sha-1@sha256:" + "0" * 64
        self.assert_nothing_found(manifests)

    def test_a_used_config_map_and_an_optional_one_that_is_missing(self, manifests: Manifests) -> None:
        manifests.append(config_map("settings"))
        container(manifests)["envFrom"] = [
            {"configMapRef": {"name": "settings"}},
            {"configMapRef": {"name": "own", "optional": True}},
        ]
        self.assert_nothing_found(manifests)

    def test_security_set_for_the_container_instead_of_the_pod(self, manifests: Manifests) -> None:
        container(manifests)["securityContext"] |= pod(manifests).pop("securityContext")
        self.assert_nothing_found(manifests)

    def test_a_token_refused_by_the_pod_alone(self, manifests: Manifests) -> None:
        del the(manifests, "ServiceAccount/backend")["automountServiceAccountToken"]
        pod(manifests)["automountServiceAccountToken"] = False
        self.assert_nothing_found(manifests)

    def test_ports_by_number(self, manifests: Manifests) -> None:
        spec(manifests, "Service/backend")["ports"][0]["targetPort"] = 8000
        container(manifests)["readinessProbe"]["httpGet"]["port"] = 8000
        self.assert_nothing_found(manifests)

    def test_a_policy_with_a_named_port_and_one_with_a_range(self, manifests: Manifests) -> None:
        spec(manifests, "NetworkPolicy/backend")["ingress"][0]["ports"][0] = {"port": "http"}
        spec(manifests, "NetworkPolicy/frontend")["egress"][0]["ports"][0] = {"port": 7999, "endPort": 8001}
        self.assert_nothing_found(manifests)

    def test_a_disruption_budget_that_wants_all_pods_but_one(self, manifests: Manifests) -> None:
        budget = spec(manifests, "PodDisruptionBudget/backend")
        del budget["maxUnavailable"]
        budget["minAvailable"] = "50%"
        self.assert_nothing_found(manifests)

    def test_a_url_of_the_world_outside(self, manifests: Manifests) -> None:
        container(manifests)["env"].append({"name": "SEE", "value": "https://www.gutenberg.org:443/"})
        self.assert_nothing_found(manifests)

    @staticmethod
    def assert_nothing_found(manifests: Sequence[Object]) -> None:
        assert [str(found) for rule in RULES for found in rule(manifests)] == []


def test_a_probe_of_a_path_that_is_not_served_is_found(manifests: Manifests) -> None:
    rule = probes_ask_routes_of({"backend": {"/healthz", "/readyz"}})
    assert rule(manifests) == []
    container(manifests)["livenessProbe"]["httpGet"]["path"] = "/health"
    assert [found.where for found in rule(manifests)] == ["Deployment/backend"]


PROJECT: Object = {
    "kind": "AppProject",
    "metadata": {"name": "ada"},
    "spec": {
        "destinations": [{"namespace": "ada"}, {"namespace": "ada-*"}],
        "clusterResourceWhitelist": [],
        "namespaceResourceWhitelist": [{"group": "", "kind": "Service"}, {"group": "apps", "kind": "*"}],
        "namespaceResourceBlacklist": [{"group": "apps", "kind": "DaemonSet"}],
    },
}


class TestProject:
    @pytest.mark.parametrize(
        ("api", "kind", "namespace"),
        [
            ("v1", "Namespace", None),
            ("rbac.authorization.k8s.io/v1", "ClusterRole", None),
            ("rbac.authorization.k8s.io/v1", "RoleBinding", "ada"),
            ("v1", "Service", "bob"),
            ("serving.knative.dev/v1", "Service", "ada"),
            ("apps/v1", "DaemonSet", "ada"),
        ],
    )
    def test_it_does_not_permit(self, api: str, kind: str, namespace: str | None) -> None:
        assert len(permitted_by(PROJECT)([self.one(api, kind, namespace)])) == 1

    @pytest.mark.parametrize(
        ("api", "kind", "namespace"),
        [
            ("v1", "Service", "ada"),
            ("v1", "Service", None),
            ("v1", "Service", "ada-2"),
            ("apps/v1", "Deployment", "ada"),
        ],
    )
    def test_it_permits(self, api: str, kind: str, namespace: str | None) -> None:
        assert permitted_by(PROJECT)([self.one(api, kind, namespace)]) == []

    @staticmethod
    def one(api: str, kind: str, namespace: str | None) -> Object:
        return {"apiVersion": api, "kind": kind, "metadata": {"name": "x", "namespace": namespace}}


@pytest.mark.parametrize(
    ("text", "number"),
    [("250m", "0.25"), ("128Mi", "134217728"), ("1Gi", "1073741824"), (2, "2"), ("1.5", "1.5"), ("2k", "2000")],
)
def test_quantities(text: str | int, number: str) -> None:
    assert quantity(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "1 Mi", "128MB", "-1", "m"])
def test_what_is_no_quantity(text: str) -> None:
    with pytest.raises(ValueError, match="not a quantity"):
        quantity(text)


@pytest.mark.parametrize(
    ("selector", "chosen"),
    [
        (None, False),
        ({}, True),
        ({"matchLabels": {"a": "1"}}, True),
        ({"matchLabels": {"a": "1", "b": "2"}}, False),
        ({"matchExpressions": [{"key": "a", "operator": "In", "values": ["1", "2"]}]}, True),
        ({"matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["1"]}]}, False),
        ({"matchExpressions": [{"key": "b", "operator": "Exists"}]}, False),
        ({"matchExpressions": [{"key": "b", "operator": "DoesNotExist"}]}, True),
    ],
)
def test_selectors(selector: dict[str, Any] | None, chosen: bool) -> None:
    assert selects(selector, {"a": "1"}) is chosen
