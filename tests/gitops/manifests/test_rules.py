"""Each rule finds what it is there for, and nothing in manifests that only look alike."""

from collections.abc import Sequence
from copy import deepcopy
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from gitops.manifests import rules
from gitops.manifests.objects import Object
from gitops.manifests.rule import ProgramRule, Requirement, Rule
from gitops.manifests.rules import PROGRAM_RULES
from gitops.manifests.rules.projects import permitted_by
from tests.gitops.manifests.breaking import (
    BREAKS,
    RULES,
    Break,
    Manifests,
    config_map,
    container,
    pod,
    spec,
    the,
    variable,
    volume,
)
from tests.k8s.kustomize import COMPONENTS, combination

# Of a variable that is only there to be looked at.
_UNKNOWN_VARIABLE = "a library reads SEE is not said here"


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
    assert {rule.name for rule, _ in BREAKS} == RULES.keys()


def test_every_rule_that_is_declared_counts() -> None:
    modules = (import_module(f"{rules.__name__}.{module.name}") for module in iter_modules(rules.__path__))
    declared = [one.name for module in modules for one in vars(module).values() if isinstance(one, Requirement)]
    assert sorted(declared) == sorted(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_in_sentences_of_both_languages_why_it_matters_and_how_to_fix_it(rule: Rule) -> None:
    for text in (rule.why, rule.fix):
        assert text.en.endswith(".")
        assert text.ja.endswith("。")


def test_rules_find_nothing_where_there_is_nothing() -> None:
    assert [found for rule in RULES.values() for found in rule([])] == []


def test_a_violation_names_the_object_as_kubectl_does(manifests: Manifests) -> None:
    container(manifests)["image"] = "backend:latest"
    violations = RULES["images_are_pinned"](manifests)
    assert [str(violation) for violation in violations] == [
        "Deployment/backend: image backend:latest has the tag latest"
    ]


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

    def test_a_config_map_in_an_earlier_wave(self, manifests: Manifests) -> None:
        earlier = config_map("settings")
        earlier["metadata"]["annotations"] = {"argocd.argoproj.io/sync-wave": "-1"}
        manifests.append(earlier)
        container(manifests)["envFrom"] = [{"configMapRef": {"name": "settings"}}]
        self.assert_nothing_found(manifests)

    def test_security_set_for_the_container_instead_of_the_pod(self, manifests: Manifests) -> None:
        of_the_pod = pod(manifests).pop("securityContext")
        for item in (container(manifests), *pod(manifests)["initContainers"]):
            item["securityContext"] |= of_the_pod
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

    @pytest.mark.parametrize("words", [["sleep", "5"], ["/bin/sleep", "5"], ["sh", "-c", "nginx -s quit; sleep 5"]])
    def test_a_pre_stop_that_sleeps_as_a_program(self, manifests: Manifests, words: list[str]) -> None:
        container(manifests)["lifecycle"]["preStop"] = {"exec": {"command": words}}
        self.assert_nothing_found(manifests)

    @pytest.mark.parametrize(
        "value",
        [
            "http://localhost:9000",
            "http://127.0.0.1:9000/metrics",
            "http://backend.another.svc.cluster.local:1234",
            "http://tempo.monitoring:4318/v1/traces",
            "http://example.org",
            "http://backend:8000/search",
            "http://backend.$(NAMESPACE).svc:8000",
        ],
    )
    def test_a_url_that_leads_elsewhere_or_where_it_should(self, manifests: Manifests, value: str) -> None:
        container(manifests, "frontend")["env"].append({"name": "SEE", "value": value})
        self.assert_nothing_found(manifests)

    @pytest.mark.parametrize("kind", ["StatefulSet", "DaemonSet", "Rollout"])
    def test_pods_that_no_deployment_makes(self, manifests: Manifests, kind: str) -> None:
        work = the(manifests, "Deployment/backend")
        work["kind"] = the(manifests, "HorizontalPodAutoscaler/backend")["spec"]["scaleTargetRef"]["kind"] = kind
        self.assert_nothing_found(manifests)

    @pytest.mark.parametrize("kind", ["Job", "CronJob"])
    def test_a_job_that_needs_no_probe_and_no_graceful_end(self, manifests: Manifests, kind: str) -> None:
        template = deepcopy(spec(manifests, "Deployment/backend")["template"])
        template["metadata"]["labels"] = {"app": "job"}
        job = template["spec"]["containers"][0]
        for key in ("lifecycle", "startupProbe", "livenessProbe", "readinessProbe"):
            del job[key]
        del template["spec"]["topologySpreadConstraints"]
        made = {"template": template}
        manifests.append({"kind": kind, "metadata": {"name": "job", "namespace": "combined"}} | {"spec": made})
        if kind == "CronJob":
            manifests[-1]["spec"] = {"jobTemplate": {"spec": made}}
        self.assert_nothing_found(manifests)

    def test_a_service_whose_endpoints_come_from_elsewhere(self, manifests: Manifests) -> None:
        outside = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "db", "namespace": "combined"}}
        manifests.append(outside | {"spec": {"type": "ExternalName", "externalName": "db.example.org"}})
        self.assert_nothing_found(manifests)

    def test_an_image_by_digest_alone(self, manifests: Manifests) -> None:
        container(manifests)["image"] = "ghcr.io/satomichi/k8s-practice-backend@sha256:" + "0" * 64
        self.assert_nothing_found(manifests)

    def test_a_few_replicas_of_which_a_quarter_rounds_down_to_none(self, manifests: Manifests) -> None:
        del spec(manifests, "Deployment/backend")["strategy"]
        self.assert_nothing_found(manifests)

    def test_a_patient_liveness_probe_without_a_startup_probe(self, manifests: Manifests) -> None:
        del container(manifests)["startupProbe"]
        container(manifests)["livenessProbe"]["initialDelaySeconds"] = 10
        self.assert_nothing_found(manifests)

    def test_a_cpu_limit_that_the_limit_range_fills_in(self, manifests: Manifests) -> None:
        del container(manifests)["resources"]["limits"]["cpu"]
        self.assert_nothing_found(manifests)

    def test_a_limit_that_stands_for_the_request(self, manifests: Manifests) -> None:
        resources = container(manifests)["resources"]
        resources["limits"]["cpu"] = resources["requests"].pop("cpu")
        self.assert_nothing_found(manifests)

    def test_a_pod_that_has_a_role_and_so_needs_its_token(self, manifests: Manifests) -> None:
        the(manifests, "ServiceAccount/backend")["automountServiceAccountToken"] = True
        subjects = [{"kind": "ServiceAccount", "name": "backend", "namespace": "combined"}]
        role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "backend"}}
        manifests.append(role | {"subjects": subjects})
        self.assert_nothing_found(manifests)

    def test_a_volume_that_a_stateful_set_claims(self, manifests: Manifests) -> None:
        container(manifests)["volumeMounts"].append({"name": "books", "mountPath": "/books"})
        work = the(manifests, "Deployment/backend")
        work["spec"]["volumeClaimTemplates"] = [{"metadata": {"name": "books"}}]
        work["kind"] = spec(manifests, "HorizontalPodAutoscaler/backend")["scaleTargetRef"]["kind"] = "StatefulSet"
        self.assert_nothing_found(manifests)

    @pytest.mark.parametrize(
        "peer",
        [
            {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ingress-nginx"}}},
            {"namespaceSelector": {"matchLabels": {"purpose": "ingress"}}, "podSelector": {"matchLabels": {"a": "b"}}},
            {"ipBlock": {"cidr": "0.0.0.0/0"}},
        ],
    )
    def test_a_policy_for_an_ingress_controller_of_any_name(self, manifests: Manifests, peer: dict[str, Any]) -> None:
        spec(manifests, "NetworkPolicy/frontend")["ingress"][0]["from"] = [peer]
        self.assert_nothing_found(manifests)

    @pytest.mark.parametrize(
        "probe",
        [
            {
                "httpGet": {"path": "/healthz", "port": "http"},
                "periodSeconds": 5,
                "timeoutSeconds": 2,
                "failureThreshold": 4,
            },
            {"exec": {"command": ["curl", "-f", "http://localhost:8000/healthz"]}, "timeoutSeconds": 2},
        ],
    )
    def test_a_patient_liveness_probe_that_asks_over_http(self, manifests: Manifests, probe: dict[str, Any]) -> None:
        container(manifests)["livenessProbe"] = probe
        self.assert_nothing_found(manifests)

    def test_a_start_that_is_awaited_by_a_connection(self, manifests: Manifests) -> None:
        container(manifests)["startupProbe"] = {"tcpSocket": {"port": "http"}, "failureThreshold": 30}
        self.assert_nothing_found(manifests)

    @pytest.mark.parametrize("memory", ["160Mi", "128Mi", "256M"])
    def test_less_memory_that_is_enough(self, manifests: Manifests, memory: str) -> None:
        container(manifests)["resources"]["limits"]["memory"] = memory
        self.assert_nothing_found(manifests)

    @pytest.mark.parametrize(
        "variable",
        [
            {"name": "GUTENBERG_LOG_LEVEL", "value": "debug"},
            {"name": "GUTENBERG_LOG_LEVEL", "value": ""},
            {"name": "GUTENBERG_QUERY_SECONDS", "value": "1.5"},
            {"name": "GUTENBERG_WORKERS", "value": "32"},
            {"name": "GUTENBERG_WORKERS", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}},
        ],
    )
    def test_a_setting_that_is_understood_or_not_known(self, manifests: Manifests, variable: dict[str, Any]) -> None:
        container(manifests)["env"].append(variable)
        self.assert_nothing_found(manifests)

    def test_the_url_of_the_backend_in_a_config_map(self, manifests: Manifests) -> None:
        manifests.append(config_map("settings", BACKEND_URL="http://backend.combined.svc.cluster.local:8000/"))
        container(manifests, "frontend")["env"] = []
        container(manifests, "frontend")["envFrom"] = [{"configMapRef": {"name": "settings"}}]
        self.assert_nothing_found(manifests)

    def test_a_url_of_which_a_secret_has_a_part(self, manifests: Manifests) -> None:
        manifests.append(config_map("hosts") | {"kind": "Secret"})
        host = {"name": "NAMESPACE", "valueFrom": {"secretKeyRef": {"name": "hosts", "key": "a"}}}
        url = {"name": "BACKEND_URL", "value": "http://$(NAMESPACE):8000"}
        container(manifests, "frontend")["env"] = [host, url]
        self.assert_nothing_found(manifests)

    @pytest.mark.parametrize("value", ["$$(NAMESPACE)", "$(NOWHERE)", "a $ (b)"])
    def test_texts_that_refer_to_no_later_variable(self, manifests: Manifests, value: str) -> None:
        container(manifests, "frontend")["env"].insert(0, {"name": "SEE", "value": value})
        self.assert_nothing_found(manifests)

    def test_a_volume_on_a_disk_takes_no_memory(self, manifests: Manifests) -> None:
        del volume(manifests)["emptyDir"]["medium"]
        self.assert_nothing_found(manifests)

    def test_a_volume_beside_what_the_image_has(self, manifests: Manifests) -> None:
        container(manifests)["volumeMounts"].append({"name": "tmp", "mountPath": "/srv/index/cache"})
        self.assert_nothing_found(manifests)

    def test_nodes_that_every_cluster_has(self, manifests: Manifests) -> None:
        preferred = {"weight": 1, "preference": {"matchExpressions": [{"key": "disktype", "operator": "Exists"}]}}
        pod(manifests)["nodeSelector"] = {"kubernetes.io/os": "linux"}
        pod(manifests)["affinity"] = {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [preferred]}}
        pod(manifests)["topologySpreadConstraints"][0]["whenUnsatisfiable"] = "DoNotSchedule"
        self.assert_nothing_found(manifests)

    @pytest.mark.parametrize(
        "peer",
        [
            {"namespaceSelector": {}, "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}}},
            {"namespaceSelector": {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "Exists"}]}},
            {"ipBlock": {"cidr": "169.254.20.10/32"}},
            {"ipBlock": {"cidr": "0.0.0.0/0"}},
        ],
    )
    def test_dns_in_other_words(self, manifests: Manifests, peer: dict[str, Any]) -> None:
        spec(manifests, "NetworkPolicy/frontend")["egress"][1]["to"] = [peer]
        self.assert_nothing_found(manifests)

    def test_addresses_of_what_is_outside_of_the_cluster(self, manifests: Manifests) -> None:
        outside = {"to": [{"ipBlock": {"cidr": "192.168.7.9/32"}}], "ports": [{"port": 5432}]}
        spec(manifests, "NetworkPolicy/frontend")["egress"].append(outside)
        self.assert_nothing_found(manifests)

    def test_a_headless_service_that_leads_to_pods_before_they_are_ready(self, manifests: Manifests) -> None:
        headless = deepcopy(the(manifests, "Service/backend"))
        headless["metadata"]["name"] = "backend-members"
        headless["spec"] |= {"clusterIP": "None", "publishNotReadyAddresses": True}
        manifests.append(headless)
        self.assert_nothing_found(manifests)

    def test_a_drain_that_the_grace_period_holds(self, manifests: Manifests) -> None:
        variable(manifests, "GUTENBERG_DRAIN_SECONDS")["value"] = "30"
        pod(manifests)["terminationGracePeriodSeconds"] = 60
        self.assert_nothing_found(manifests)

    @pytest.mark.parametrize("kind", ["Endpoints", "EndpointSlice"])
    def test_a_service_whose_endpoints_are_described(self, manifests: Manifests, kind: str) -> None:
        meta = {"name": "db", "namespace": "combined"}
        manifests.append({"apiVersion": "v1", "kind": "Service", "metadata": meta, "spec": {"ports": [{"port": 5432}]}})
        named = {"Endpoints": {}, "EndpointSlice": {"name": "db-1", "labels": {"kubernetes.io/service-name": "db"}}}
        group = {"Endpoints": "v1", "EndpointSlice": "discovery.k8s.io/v1"}
        manifests.append({"apiVersion": group[kind], "kind": kind, "metadata": meta | named[kind]})
        self.assert_nothing_found(manifests)

    @staticmethod
    def assert_nothing_found(manifests: Sequence[Object]) -> None:
        decided_by_text = {
            str(violation): violation.decided for rule in RULES.values() for violation in rule(manifests)
        }
        assert [
            what for what, decided in decided_by_text.items() if decided or not what.endswith(_UNKNOWN_VARIABLE)
        ] == []


class TestWhatCannotBeDecided:
    def test_a_secret_that_may_be_made_by_hand(self, manifests: Manifests) -> None:
        container(manifests)["envFrom"] = [{"secretRef": {"name": "password"}}]
        self.assert_undecided(manifests, "referred_objects_exist")

    def test_a_config_map_that_something_may_find_by_its_label(self, manifests: Manifests) -> None:
        dashboard = config_map("dashboard")
        dashboard["metadata"]["labels"] = {"grafana_dashboard": "1"}
        manifests.append(dashboard)
        self.assert_undecided(manifests, "config_maps_are_used")

    def test_a_service_over_versions_of_one_workload(self, manifests: Manifests) -> None:
        canary = deepcopy(the(manifests, "Deployment/backend"))
        canary["metadata"]["name"] = "backend-canary"
        for labels in (canary["spec"]["selector"]["matchLabels"], canary["spec"]["template"]["metadata"]["labels"]):
            labels["track"] = "canary"
        spec(manifests, "Deployment/backend")["selector"]["matchLabels"]["track"] = "stable"
        spec(manifests, "Deployment/backend")["template"]["metadata"]["labels"]["track"] = "stable"
        manifests.append(canary)
        self.assert_undecided(manifests, "services_select_one_workload")

    def test_a_host_that_may_be_a_service_of_somebody_else(self, manifests: Manifests) -> None:
        container(manifests)["env"].append({"name": "TRACES", "value": "http://jaeger:4318"})
        self.assert_undecided(manifests, "urls_name_services")

    def test_a_pre_stop_that_asks_for_a_path(self, manifests: Manifests) -> None:
        container(manifests)["lifecycle"]["preStop"] = {"httpGet": {"path": "/drain", "port": "http"}}
        self.assert_undecided(manifests, "pods_end_gracefully")

    @staticmethod
    def assert_undecided(manifests: Sequence[Object], name: str) -> None:
        assert [found.decided for found in RULES[name](manifests)] == [False]


def test_a_sealed_secret_makes_the_secret(manifests: Manifests) -> None:
    container(manifests)["envFrom"] = [{"secretRef": {"name": "password"}}]
    manifests.append({"apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret", "metadata": {"name": "password"}})
    assert RULES["referred_objects_exist"](manifests) == []


def test_a_violation_leads_to_the_value_to_change(manifests: Manifests) -> None:
    del container(manifests)["securityContext"]["allowPrivilegeEscalation"]
    context = ("containers", "backend", "securityContext", "allowPrivilegeEscalation")
    violations = RULES["pods_are_restricted"](manifests)
    assert [violation.path for violation in violations] == [("spec", "template", "spec", *context)]


@pytest.mark.parametrize("rule", PROGRAM_RULES, ids=lambda rule: rule.name)
def test_nothing_is_asked_of_a_program_that_is_not_known(manifests: Manifests, rule: ProgramRule) -> None:
    next(change for broken, change in BREAKS if broken.name == rule.name)(manifests)
    # Whatever the program, requests arrive until all nodes have heard that its pod ends.
    assert bool(rule.of({})(manifests)) is (rule.name == "pods_end_gracefully")


def test_an_unknown_program_is_given_the_time_that_its_pre_stop_takes(manifests: Manifests) -> None:
    pod(manifests)["terminationGracePeriodSeconds"] = 6
    pod(manifests, "frontend")["terminationGracePeriodSeconds"] = 5
    violations = next(rule for rule in PROGRAM_RULES if rule.name == "pods_end_gracefully").of({})(manifests)
    assert [violation.where for violation in violations] == ["Deployment/frontend"]


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
