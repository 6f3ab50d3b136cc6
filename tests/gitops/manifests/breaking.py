"""Ways to break manifests, each with the rule that finds it."""

from collections.abc import Callable
from typing import Any

from gitops.manifests.rule import Rule
from gitops.manifests.rules import rules_for
from tests.gitops.manifests.programs import programs

# Rendered objects, to be changed in place.
Manifests = list[dict[str, Any]]
Break = Callable[[Manifests], None]

RULES = {rule.name: rule for rule in rules_for(programs())}
BREAKS: list[tuple[Rule, Break]] = []


def breaks(rule: str) -> Callable[[Break], Break]:
    """Marks a function that makes manifests break this rule, and says in its name how."""

    def register(change: Break) -> Break:
        BREAKS.append((RULES[rule], change))
        return change

    return register


def the(objects: Manifests, reference: str) -> dict[str, Any]:
    """The object that kubectl calls Kind/name."""
    kind, name = reference.split("/")
    return next(manifest for manifest in objects if manifest["kind"] == kind and manifest["metadata"]["name"] == name)


def spec(objects: Manifests, reference: str) -> dict[str, Any]:
    found: dict[str, Any] = the(objects, reference)["spec"]
    return found


def pod(objects: Manifests, name: str = "backend") -> dict[str, Any]:
    found: dict[str, Any] = spec(objects, f"Deployment/{name}")["template"]["spec"]
    return found


def container(objects: Manifests, name: str = "backend") -> dict[str, Any]:
    found: dict[str, Any] = pod(objects, name)["containers"][0]
    return found


def volume(objects: Manifests, name: str = "tmp") -> dict[str, Any]:
    return next(one for one in pod(objects)["volumes"] if one["name"] == name)


def mount(objects: Manifests, name: str = "tmp") -> dict[str, Any]:
    return next(one for one in container(objects)["volumeMounts"] if one["name"] == name)


def variable(objects: Manifests, name: str, of: str = "backend") -> dict[str, Any]:
    return next(one for one in container(objects, of)["env"] if one["name"] == name)


def labels(objects: Manifests, name: str = "backend") -> dict[str, Any]:
    found: dict[str, Any] = spec(objects, f"Deployment/{name}")["template"]["metadata"]["labels"]
    return found


def config_map(name: str, **data: str) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": data or {"a": "b"}}


@breaks("deployments_select_their_own_pods")
def a_selector_with_a_label_that_the_pods_lack(objects: Manifests) -> None:
    spec(objects, "Deployment/backend")["selector"]["matchLabels"]["tier"] = "api"


@breaks("deployments_select_no_other_pods")
def a_selector_that_both_kinds_of_pods_match(objects: Manifests) -> None:
    spec(objects, "Deployment/backend")["selector"]["matchLabels"] = {"app.kubernetes.io/part-of": "gutenberg-search"}


@breaks("services_select_one_workload")
def a_misspelt_service_selector(objects: Manifests) -> None:
    spec(objects, "Service/backend")["selector"]["app.kubernetes.io/name"] = "back-end"


@breaks("services_select_one_workload")
def a_service_over_all_pods(objects: Manifests) -> None:
    spec(objects, "Service/backend")["selector"] = {"app.kubernetes.io/part-of": "gutenberg-search"}


@breaks("disruption_budgets_select_one_workload")
def a_disruption_budget_of_nothing(objects: Manifests) -> None:
    spec(objects, "PodDisruptionBudget/backend")["selector"]["matchLabels"] = {"app": "backend"}


@breaks("spread_counts_its_own_pods")
def spread_over_the_pods_of_another(objects: Manifests) -> None:
    pod(objects)["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"] = labels(objects, "frontend")


@breaks("service_monitors_select_a_service")
def a_service_monitor_of_nothing(objects: Manifests) -> None:
    spec(objects, "ServiceMonitor/backend")["selector"]["matchLabels"] = {"app": "backend"}


@breaks("services_reach_container_ports")
def a_target_port_that_nobody_listens_on(objects: Manifests) -> None:
    spec(objects, "Service/backend")["ports"][0]["targetPort"] = 8080


@breaks("services_reach_container_ports")
def a_target_port_name_that_no_container_has(objects: Manifests) -> None:
    container(objects, "frontend")["ports"][0]["name"] = "web"


@breaks("ingresses_reach_services")
def an_ingress_to_a_port_that_the_service_lacks(objects: Manifests) -> None:
    path = spec(objects, "Ingress/frontend")["rules"][0]["http"]["paths"][0]
    path["backend"]["service"]["port"] = {"number": 8080}


@breaks("ingresses_reach_services")
def an_ingress_to_a_service_that_does_not_exist(objects: Manifests) -> None:
    spec(objects, "Ingress/frontend")["rules"][0]["http"]["paths"][0]["backend"]["service"]["name"] = "web"


@breaks("routes_reach_services")
def a_route_to_the_port_of_the_container(objects: Manifests) -> None:
    spec(objects, "HTTPRoute/frontend")["rules"][0]["backendRefs"][0]["port"] = 8080


@breaks("service_monitors_reach_ports")
def a_service_monitor_of_a_port_that_has_another_name(objects: Manifests) -> None:
    spec(objects, "ServiceMonitor/backend")["endpoints"][0]["port"] = "metrics"


@breaks("probes_reach_container_ports")
def a_probe_of_a_port_that_nobody_listens_on(objects: Manifests) -> None:
    container(objects)["readinessProbe"]["httpGet"]["port"] = 8001


@breaks("urls_name_services")
def a_url_with_the_port_of_another_service(objects: Manifests) -> None:
    variable(objects, "BACKEND_URL", "frontend")["value"] = "http://backend:80"


@breaks("urls_name_services")
def a_url_of_a_service_that_does_not_exist(objects: Manifests) -> None:
    variable(objects, "BACKEND_URL", "frontend")["value"] = "http://api.$(NAMESPACE).svc.cluster.local:8000"


@breaks("containers_have_all_probes")
def no_readiness_probe(objects: Manifests) -> None:
    del container(objects)["readinessProbe"]


@breaks("liveness_is_not_readiness")
def readiness_that_asks_what_liveness_asks(objects: Manifests) -> None:
    container(objects)["readinessProbe"]["httpGet"]["path"] = "/healthz"


@breaks("referred_objects_exist")
def a_config_map_that_does_not_exist(objects: Manifests) -> None:
    container(objects)["envFrom"] = [{"configMapRef": {"name": "settings"}}]


@breaks("referred_objects_exist")
def a_volume_of_a_secret_that_does_not_exist(objects: Manifests) -> None:
    pod(objects)["volumes"].append({"name": "secret", "secret": {"secretName": "password"}})


@breaks("referred_objects_exist")
def a_service_account_that_does_not_exist(objects: Manifests) -> None:
    pod(objects)["serviceAccountName"] = "deployer"


@breaks("what_is_needed_comes_first")
def a_config_map_in_a_later_wave(objects: Manifests) -> None:
    later = config_map("settings")
    later["metadata"]["annotations"] = {"argocd.argoproj.io/sync-wave": "1"}
    objects.append(later)
    container(objects)["envFrom"] = [{"configMapRef": {"name": "settings"}}]


@breaks("what_is_needed_comes_first")
def an_account_that_comes_after_a_job_before_the_sync(objects: Manifests) -> None:
    the(objects, "Deployment/backend")["metadata"]["annotations"] = {"argocd.argoproj.io/hook": "PreSync"}


@breaks("config_maps_are_used")
def a_config_map_that_nobody_refers_to(objects: Manifests) -> None:
    objects.append(config_map("version"))


@breaks("referred_objects_exist")
def a_key_that_the_config_map_lacks(objects: Manifests) -> None:
    objects.append(config_map("settings"))
    reference = {"configMapKeyRef": {"name": "settings", "key": "b"}}
    container(objects)["env"].append({"name": "B", "valueFrom": reference})


@breaks("referred_objects_exist")
def a_mount_without_its_volume(objects: Manifests) -> None:
    mount(objects)["name"] = "temp"


@breaks("names_are_unique")
def the_same_object_twice(objects: Manifests) -> None:
    objects.append(the(objects, "Service/backend"))


@breaks("rollouts_keep_every_replica")
def a_rollout_that_may_take_a_pod_away(objects: Manifests) -> None:
    spec(objects, "Deployment/backend")["strategy"]["rollingUpdate"]["maxUnavailable"] = 1


@breaks("rollouts_keep_every_replica")
def a_rollout_that_waits_for_nothing(objects: Manifests) -> None:
    del spec(objects, "Deployment/backend")["minReadySeconds"]


@breaks("old_replica_sets_are_few")
def no_revision_history_limit(objects: Manifests) -> None:
    del spec(objects, "Deployment/backend")["revisionHistoryLimit"]


@breaks("old_replica_sets_are_few")
def a_long_revision_history(objects: Manifests) -> None:
    spec(objects, "Deployment/backend")["revisionHistoryLimit"] = 20


@breaks("disruption_budgets_allow_one_eviction")
def a_disruption_budget_that_wants_every_pod(objects: Manifests) -> None:
    budget = spec(objects, "PodDisruptionBudget/backend")
    del budget["maxUnavailable"]
    budget["minAvailable"] = 2


@breaks("disruption_budgets_allow_one_eviction")
def a_disruption_budget_of_a_percentage_that_is_rounded_up(objects: Manifests) -> None:
    budget = spec(objects, "PodDisruptionBudget/backend")
    del budget["maxUnavailable"]
    budget["minAvailable"] = "60%"


@breaks("disruption_budgets_allow_one_eviction")
def a_disruption_budget_of_none(objects: Manifests) -> None:
    spec(objects, "PodDisruptionBudget/frontend")["maxUnavailable"] = 0


@breaks("replicated_workloads_have_a_disruption_budget")
def no_disruption_budget(objects: Manifests) -> None:
    objects.remove(the(objects, "PodDisruptionBudget/backend"))


@breaks("autoscalers_scale_a_workload")
def an_autoscaler_of_nothing(objects: Manifests) -> None:
    spec(objects, "HorizontalPodAutoscaler/backend")["scaleTargetRef"]["name"] = "api"


@breaks("autoscalers_scale_a_workload")
def an_autoscaler_that_has_nothing_to_measure_in_percent_of(objects: Manifests) -> None:
    # A limit alone would stand for the request too.
    del container(objects)["resources"]["requests"]["cpu"], container(objects)["resources"]["limits"]["cpu"]


@breaks("autoscalers_alone_set_replicas")
def replicas_beside_an_autoscaler(objects: Manifests) -> None:
    spec(objects, "Deployment/backend")["replicas"] = 2


@breaks("autoscalers_have_room")
def an_autoscaler_that_cannot_scale(objects: Manifests) -> None:
    spec(objects, "HorizontalPodAutoscaler/backend")["maxReplicas"] = 2


@breaks("pods_end_gracefully")
def no_pre_stop_sleep(objects: Manifests) -> None:
    del container(objects)["lifecycle"]


@breaks("pods_end_gracefully")
def a_pre_stop_that_does_not_wait(objects: Manifests) -> None:
    container(objects)["lifecycle"]["preStop"] = {"exec": {"command": ["sleep", "0"]}}


@breaks("pods_end_gracefully")
def a_grace_period_that_is_too_short(objects: Manifests) -> None:
    pod(objects)["terminationGracePeriodSeconds"] = 30


@breaks("pods_are_restricted")
def a_pod_that_may_be_root(objects: Manifests) -> None:
    del pod(objects)["securityContext"]["runAsNonRoot"]


@breaks("pods_are_restricted")
def a_container_that_is_root(objects: Manifests) -> None:
    container(objects)["securityContext"]["runAsUser"] = 0


@breaks("pods_are_restricted")
def no_seccomp_profile(objects: Manifests) -> None:
    del pod(objects)["securityContext"]["seccompProfile"]


@breaks("pods_are_restricted")
def privilege_escalation_by_default(objects: Manifests) -> None:
    del container(objects)["securityContext"]["allowPrivilegeEscalation"]


@breaks("pods_are_restricted")
def capabilities_that_are_kept(objects: Manifests) -> None:
    container(objects)["securityContext"]["capabilities"] = {"drop": ["NET_RAW"]}


@breaks("pods_are_restricted")
def a_capability_that_is_added(objects: Manifests) -> None:
    container(objects)["securityContext"]["capabilities"]["add"] = ["SYS_ADMIN"]


@breaks("pods_are_restricted")
def a_privileged_container(objects: Manifests) -> None:
    container(objects)["securityContext"]["privileged"] = True


@breaks("pods_are_restricted")
def the_network_of_the_node(objects: Manifests) -> None:
    pod(objects)["hostNetwork"] = True


@breaks("pods_are_restricted")
def a_port_of_the_node(objects: Manifests) -> None:
    container(objects)["ports"][0]["hostPort"] = 8000


@breaks("pods_are_restricted")
def a_proc_that_shows_the_node(objects: Manifests) -> None:
    container(objects)["securityContext"]["procMount"] = "Unmasked"


@breaks("pods_are_restricted")
def no_app_armor(objects: Manifests) -> None:
    pod(objects)["securityContext"]["appArmorProfile"] = {"type": "Unconfined"}


@breaks("pods_are_restricted")
def a_setting_of_the_kernel(objects: Manifests) -> None:
    pod(objects)["securityContext"]["sysctls"] = [{"name": "kernel.msgmax", "value": "65536"}]


@breaks("pods_are_restricted")
def a_folder_of_the_node(objects: Manifests) -> None:
    pod(objects)["volumes"].append({"name": "docker", "hostPath": {"path": "/var/run/docker.sock"}})


@breaks("pods_are_restricted")
def an_init_container_that_is_not_restricted(objects: Manifests) -> None:
    pod(objects)["initContainers"] = [{"name": "init", "image": "busybox:1.37"}]


@breaks("root_file_systems_are_read_only")
def a_root_file_system_that_can_be_written(objects: Manifests) -> None:
    container(objects)["securityContext"]["readOnlyRootFilesystem"] = False


@breaks("containers_have_a_user_and_a_group")
def the_user_of_the_image(objects: Manifests) -> None:
    del pod(objects)["securityContext"]["runAsUser"]


@breaks("containers_have_a_user_and_a_group")
def the_group_of_the_kubelet(objects: Manifests) -> None:
    del pod(objects)["securityContext"]["runAsGroup"]


@breaks("containers_have_a_user_and_a_group")
def a_container_in_the_group_of_root(objects: Manifests) -> None:
    container(objects)["securityContext"]["runAsGroup"] = 0


@breaks("pods_get_no_token")
def a_service_account_with_a_token(objects: Manifests) -> None:
    del the(objects, "ServiceAccount/backend")["automountServiceAccountToken"]


@breaks("pods_get_no_token")
def a_pod_that_asks_for_the_token(objects: Manifests) -> None:
    pod(objects)["automountServiceAccountToken"] = True


@breaks("temporary_files_are_bounded")
def temporary_files_without_a_limit(objects: Manifests) -> None:
    volume(objects)["emptyDir"] = {}


@breaks("images_are_pinned")
def the_tag_latest(objects: Manifests) -> None:
    container(objects)["image"] = "ghcr.io/someone/k8s-practice-backend:latest"


@breaks("images_are_pinned")
def an_image_without_a_tag(objects: Manifests) -> None:
    container(objects)["image"] = "localhost:5000/k8s-practice-backend"


@breaks("image_names_are_lower_case")
def an_image_of_an_owner_with_upper_case_letters(objects: Manifests) -> None:
    container(objects)["image"] = "ghcr.io/Satomichi/k8s-practice-backend:sha-1"


@breaks("containers_say_what_they_need")
def no_memory_limit(objects: Manifests) -> None:
    del container(objects)["resources"]["limits"]["memory"]


@breaks("requests_are_within_limits")
def a_request_above_the_limit(objects: Manifests) -> None:
    container(objects)["resources"]["requests"]["cpu"] = "600m"


@breaks("quotas_hold_a_rollout")
def more_replicas_than_the_quota_holds(objects: Manifests) -> None:
    spec(objects, "HorizontalPodAutoscaler/backend")["maxReplicas"] = 20


@breaks("quotas_hold_a_rollout")
def a_quota_of_too_little_memory(objects: Manifests) -> None:
    spec(objects, "ResourceQuota/class")["hard"]["requests.memory"] = "1Gi"


@breaks("quotas_hold_a_rollout")
def an_init_container_that_takes_more_than_the_others(objects: Manifests) -> None:
    first = pod(objects)["initContainers"][0]
    first["resources"] = {"requests": {"cpu": "450m", "memory": "64Mi"}, "limits": {"cpu": "500m", "memory": "64Mi"}}


@breaks("quotas_hold_a_rollout")
def an_init_container_that_stays(objects: Manifests) -> None:
    pod(objects)["initContainers"][0]["restartPolicy"] = "Always"


@breaks("quotas_hold_a_rollout")
def a_quota_of_too_few_pods(objects: Manifests) -> None:
    spec(objects, "ResourceQuota/class")["hard"]["pods"] = 8


@breaks("limit_ranges_admit_the_containers")
def a_container_above_the_largest_allowed(objects: Manifests) -> None:
    container(objects)["resources"]["limits"]["memory"] = "1Gi"


@breaks("limit_ranges_admit_the_containers")
def a_container_below_the_least_allowed(objects: Manifests) -> None:
    spec(objects, "LimitRange/class")["limits"][0]["min"] = {"cpu": "250m"}


@breaks("quotas_allow_the_services")
def a_load_balancer_that_the_quota_forbids(objects: Manifests) -> None:
    spec(objects, "Service/frontend")["type"] = "LoadBalancer"


@breaks("callers_reach_what_they_call")
def a_policy_with_the_port_of_the_service_that_is_not_the_pods(objects: Manifests) -> None:
    spec(objects, "NetworkPolicy/backend")["ingress"][0]["ports"][0]["port"] = 80


@breaks("callers_reach_what_they_call")
def a_policy_that_lets_nobody_in(objects: Manifests) -> None:
    objects.remove(the(objects, "NetworkPolicy/backend"))


@breaks("callers_reach_what_they_call")
def a_policy_that_lets_nothing_out(objects: Manifests) -> None:
    spec(objects, "NetworkPolicy/frontend")["egress"] = spec(objects, "NetworkPolicy/frontend")["egress"][1:]


@breaks("callers_reach_dns")
def a_policy_without_dns(objects: Manifests) -> None:
    spec(objects, "NetworkPolicy/frontend")["egress"].pop()


@breaks("callers_reach_dns")
def a_policy_without_dns_over_tcp(objects: Manifests) -> None:
    spec(objects, "NetworkPolicy/frontend")["egress"][1]["ports"].pop()


@breaks("visitors_reach_the_entry")
def a_policy_that_lets_no_visitor_in(objects: Manifests) -> None:
    spec(objects, "NetworkPolicy/frontend")["ingress"][0]["from"] = [{"podSelector": {}}]


@breaks("prometheus_reaches_the_metrics")
def a_policy_that_lets_no_prometheus_in(objects: Manifests) -> None:
    spec(objects, "NetworkPolicy/backend")["ingress"][0]["from"].pop()


@breaks("probes_ask_routes_that_exist")
def a_probe_of_a_path_that_is_not_served(objects: Manifests) -> None:
    container(objects)["livenessProbe"]["httpGet"]["path"] = "/health"


@breaks("variables_are_read_by_the_application")
def a_misspelt_variable(objects: Manifests) -> None:
    variable(objects, "GUTENBERG_DRAIN_SECONDS")["name"] = "GUTENBERG_DRAIN_SECOND"


@breaks("container_ports_are_those_of_the_image")
def a_port_on_which_the_image_does_not_listen(objects: Manifests) -> None:
    container(objects)["ports"][0]["containerPort"] = 8080


@breaks("container_ports_are_those_of_the_image")
def another_port_that_the_program_is_told(objects: Manifests) -> None:
    container(objects)["env"].append({"name": "GUTENBERG_PORT", "value": "9000"})


@breaks("nginx_is_given_whole_names")
def a_short_name_for_nginx(objects: Manifests) -> None:
    variable(objects, "BACKEND_URL", "frontend")["value"] = "http://backend:8000"


@breaks("probes_ask_over_http")
def a_readiness_probe_that_only_connects(objects: Manifests) -> None:
    container(objects)["readinessProbe"] = {"tcpSocket": {"port": "http"}}


@breaks("probes_ask_over_http")
def a_liveness_probe_that_asks_nothing(objects: Manifests) -> None:
    container(objects)["livenessProbe"] = {"exec": {"command": ["true"]}}


@breaks("probes_ask_over_http")
def a_readiness_probe_of_nginx_that_only_connects(objects: Manifests) -> None:
    container(objects, "frontend")["readinessProbe"] = {"tcpSocket": {"port": 8080}}


@breaks("probes_ask_what_they_mean")
def a_liveness_probe_that_searches(objects: Manifests) -> None:
    container(objects)["livenessProbe"]["httpGet"]["path"] = "/search?q=whale"


@breaks("probes_ask_what_they_mean")
def a_readiness_probe_that_never_fails(objects: Manifests) -> None:
    container(objects)["readinessProbe"]["httpGet"]["path"] = "/"


@breaks("probes_are_patient")
def a_liveness_probe_that_kills_after_a_second(objects: Manifests) -> None:
    container(objects)["livenessProbe"] |= {"periodSeconds": 1, "timeoutSeconds": 1, "failureThreshold": 1}


@breaks("probes_are_patient")
def a_liveness_probe_that_waits_no_time(objects: Manifests) -> None:
    container(objects)["livenessProbe"] |= {"periodSeconds": 1, "timeoutSeconds": 1, "failureThreshold": 20}


@breaks("probes_are_patient")
def a_liveness_probe_that_kills_after_three_seconds(objects: Manifests) -> None:
    container(objects)["livenessProbe"] |= {"periodSeconds": 1, "failureThreshold": 3}


@breaks("probes_are_patient")
def a_startup_probe_that_kills_a_slow_start(objects: Manifests) -> None:
    container(objects)["startupProbe"]["failureThreshold"] = 5


@breaks("memory_holds_the_working_set")
def a_limit_that_the_process_alone_exceeds(objects: Manifests) -> None:
    container(objects)["resources"] = {"requests": {"memory": "32Mi"}, "limits": {"memory": "64Mi"}}


@breaks("memory_holds_the_working_set")
def a_limit_that_the_process_and_its_files_in_memory_exceed(objects: Manifests) -> None:
    container(objects)["resources"]["limits"]["memory"] = "110Mi"


@breaks("memory_holds_the_working_set")
def a_request_that_the_node_does_not_have(objects: Manifests) -> None:
    container(objects)["resources"]["requests"]["memory"] = "25Mi"


@breaks("processors_are_enough")
def a_twentieth_of_a_core(objects: Manifests) -> None:
    container(objects)["resources"]["limits"]["cpu"] = "50m"


@breaks("processors_are_enough")
def a_request_of_next_to_nothing(objects: Manifests) -> None:
    container(objects)["resources"]["requests"]["cpu"] = "40m"


@breaks("settings_are_understood")
def a_level_that_there_is_not(objects: Manifests) -> None:
    container(objects)["env"].append({"name": "GUTENBERG_LOG_LEVEL", "value": "verbose"})


@breaks("settings_are_understood")
def a_level_that_there_is_not_from_a_config_map(objects: Manifests) -> None:
    objects.append(config_map("settings", level="verbose"))
    reference = {"configMapKeyRef": {"name": "settings", "key": "level"}}
    container(objects)["env"].append({"name": "GUTENBERG_LOG_LEVEL", "valueFrom": reference})


@breaks("settings_are_understood")
def a_level_that_there_is_not_among_all_of_a_config_map(objects: Manifests) -> None:
    objects.append(config_map("settings", LOG_LEVEL="verbose"))
    container(objects)["envFrom"] = [{"prefix": "GUTENBERG_", "configMapRef": {"name": "settings"}}]


@breaks("settings_are_understood")
def a_number_with_a_unit(objects: Manifests) -> None:
    variable(objects, "GUTENBERG_DRAIN_SECONDS")["value"] = "5s"


@breaks("settings_are_understood")
def more_workers_than_there_may_be(objects: Manifests) -> None:
    container(objects)["env"].append({"name": "GUTENBERG_WORKERS", "value": "64"})


@breaks("settings_are_understood")
def the_url_of_the_backend_with_a_path(objects: Manifests) -> None:
    variable(objects, "BACKEND_URL", "frontend")["value"] += "/api"


@breaks("settings_are_understood")
def the_url_of_the_backend_without_its_scheme(objects: Manifests) -> None:
    variable(objects, "BACKEND_URL", "frontend")["value"] = "backend:8000"


@breaks("variables_are_defined_before_use")
def a_variable_that_is_used_before_it_is_there(objects: Manifests) -> None:
    container(objects, "frontend")["env"].reverse()


@breaks("urls_have_names_instead_of_addresses")
def the_address_of_a_pod(objects: Manifests) -> None:
    variable(objects, "BACKEND_URL", "frontend")["value"] = "http://10.244.0.17:8000"


@breaks("what_is_written_can_be_written")
def no_folder_for_the_configuration_of_nginx(objects: Manifests) -> None:
    container(objects, "frontend")["volumeMounts"].pop()


@breaks("what_is_written_can_be_written")
def a_folder_that_is_mounted_to_be_read(objects: Manifests) -> None:
    mount(objects)["readOnly"] = True


@breaks("volumes_hide_nothing")
def a_volume_over_the_index(objects: Manifests) -> None:
    pod(objects)["volumes"].append({"name": "srv", "emptyDir": {"sizeLimit": "1Gi"}})
    container(objects)["volumeMounts"].append({"name": "srv", "mountPath": "/srv"})


@breaks("pods_fit_any_node")
def nodes_with_a_fast_disk(objects: Manifests) -> None:
    pod(objects)["nodeSelector"] = {"disktype": "ssd"}


@breaks("pods_fit_any_node")
def nodes_with_a_fast_disk_as_an_affinity(objects: Manifests) -> None:
    terms = [{"matchExpressions": [{"key": "disktype", "operator": "In", "values": ["ssd"]}]}]
    required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}}
    pod(objects)["affinity"] = {"nodeAffinity": required}


@breaks("pods_fit_any_node")
def nodes_in_zones(objects: Manifests) -> None:
    constraint = pod(objects)["topologySpreadConstraints"][0]
    constraint |= {"topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule"}


@breaks("pods_fit_any_node")
def a_node_for_each_pod(objects: Manifests) -> None:
    term = {"labelSelector": {"matchLabels": labels(objects)}, "topologyKey": "kubernetes.io/hostname"}
    pod(objects)["affinity"] = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}


@breaks("policies_name_pods_instead_of_addresses")
def dns_by_its_address(objects: Manifests) -> None:
    spec(objects, "NetworkPolicy/frontend")["egress"][1]["to"] = [{"ipBlock": {"cidr": "10.96.0.10/32"}}]


@breaks("policies_name_pods_instead_of_addresses")
def the_backend_by_its_address(objects: Manifests) -> None:
    spec(objects, "NetworkPolicy/frontend")["egress"][0]["to"] = [{"ipBlock": {"cidr": "10.244.0.0/16"}}]


@breaks("policies_name_pods_instead_of_addresses")
def the_frontend_by_its_address(objects: Manifests) -> None:
    spec(objects, "NetworkPolicy/backend")["ingress"][0]["from"][0] = {"ipBlock": {"cidr": "10.244.0.0/16"}}


@breaks("callers_reach_dns")
def a_policy_for_a_label_that_kube_system_does_not_have(objects: Manifests) -> None:
    spec(objects, "NetworkPolicy/frontend")["egress"][1]["to"] = [
        {"namespaceSelector": {"matchLabels": {"name": "kube-system"}}}
    ]


@breaks("urls_name_services")
def a_url_in_a_config_map_of_a_service_that_does_not_exist(objects: Manifests) -> None:
    objects.append(config_map("settings", url="http://back-end.combined.svc.cluster.local:8000"))
    url = variable(objects, "BACKEND_URL", "frontend")
    del url["value"]
    url["valueFrom"] = {"configMapKeyRef": {"name": "settings", "key": "url"}}


@breaks("probes_ask_over_http")
def a_readiness_probe_over_https(objects: Manifests) -> None:
    container(objects)["readinessProbe"]["httpGet"]["scheme"] = "HTTPS"


@breaks("probes_ask_over_http")
def a_readiness_probe_of_another_host(objects: Manifests) -> None:
    container(objects)["readinessProbe"]["httpGet"]["host"] = "example.org"


@breaks("probes_are_patient")
def a_liveness_probe_that_is_patient_only_at_first(objects: Manifests) -> None:
    container(objects)["livenessProbe"] |= {"initialDelaySeconds": 600, "periodSeconds": 1, "failureThreshold": 1}


@breaks("probes_are_patient")
def a_liveness_probe_that_kills_after_one_failure(objects: Manifests) -> None:
    container(objects)["livenessProbe"]["failureThreshold"] = 1


@breaks("probes_come_to_an_end")
def a_readiness_probe_that_never_ends(objects: Manifests) -> None:
    container(objects)["readinessProbe"]["failureThreshold"] = 100_000


@breaks("probes_come_to_an_end")
def a_liveness_probe_that_asks_once_an_hour(objects: Manifests) -> None:
    container(objects)["livenessProbe"]["periodSeconds"] = 3600


@breaks("rollouts_are_not_paused")
def a_rollout_that_never_begins(objects: Manifests) -> None:
    spec(objects, "Deployment/backend")["paused"] = True


@breaks("pods_end_gracefully")
def a_grace_period_that_nginx_does_not_end_in(objects: Manifests) -> None:
    pod(objects, "frontend")["terminationGracePeriodSeconds"] = 20


@breaks("pods_end_gracefully")
def a_drain_that_the_grace_period_does_not_hold(objects: Manifests) -> None:
    variable(objects, "GUTENBERG_DRAIN_SECONDS")["value"] = "30"


@breaks("autoscalers_alone_set_replicas")
def two_autoscalers_of_one_deployment(objects: Manifests) -> None:
    spec(objects, "HorizontalPodAutoscaler/backend")["scaleTargetRef"]["name"] = "frontend"


@breaks("services_wait_for_readiness")
def a_service_that_leads_to_pods_that_are_not_ready(objects: Manifests) -> None:
    spec(objects, "Service/backend")["publishNotReadyAddresses"] = True


@breaks("callers_reach_dns")
def the_name_server_of_the_node(objects: Manifests) -> None:
    pod(objects, "frontend")["dnsPolicy"] = "Default"


@breaks("urls_lead_to_pods")
def a_url_of_another_namespace(objects: Manifests) -> None:
    variable(objects, "BACKEND_URL", "frontend")["value"] = "http://backend.another.svc.cluster.local:8000"


@breaks("urls_lead_to_pods")
def a_url_of_the_own_pod(objects: Manifests) -> None:
    variable(objects, "BACKEND_URL", "frontend")["value"] = "http://localhost:8000"


@breaks("urls_lead_to_pods")
def a_service_without_pods_of_its_own(objects: Manifests) -> None:
    del spec(objects, "Service/backend")["selector"]


@breaks("images_run_their_own_program")
def a_program_that_only_sleeps(objects: Manifests) -> None:
    container(objects)["command"] = ["sleep", "infinity"]


@breaks("services_select_one_workload")
def a_service_without_a_selector(objects: Manifests) -> None:
    del spec(objects, "Service/frontend")["selector"]


@breaks("services_are_open_to_somebody")
def a_policy_without_anybody(objects: Manifests) -> None:
    del spec(objects, "NetworkPolicy/frontend")["ingress"]


@breaks("nginx_is_given_whole_names")
def no_environment(objects: Manifests) -> None:
    del container(objects, "frontend")["env"]


@breaks("urls_lead_to_pods")
def a_url_without_a_namespace(objects: Manifests) -> None:
    del variable(objects, "NAMESPACE", "frontend")["valueFrom"]


@breaks("probes_ask_what_they_mean")
def a_liveness_probe_without_a_path(objects: Manifests) -> None:
    del container(objects)["livenessProbe"]["httpGet"]["path"]


@breaks("quotas_hold_a_rollout")
def limits_that_stand_for_requests(objects: Manifests) -> None:
    del container(objects)["resources"]["requests"]


@breaks("temporary_files_are_bounded")
def a_volume_of_no_kind(objects: Manifests) -> None:
    del volume(objects)["emptyDir"]


@breaks("referred_objects_exist")
def a_key_that_the_config_map_lacks_and_that_is_optional(objects: Manifests) -> None:
    objects.append(config_map("settings"))
    reference = {"configMapKeyRef": {"name": "settings", "key": "b", "optional": True}}
    container(objects)["env"].append({"name": "GUTENBERG_VERSION", "valueFrom": reference})


@breaks("pods_end_gracefully")
def a_pre_stop_that_only_speaks_of_sleep(objects: Manifests) -> None:
    container(objects)["lifecycle"]["preStop"] = {"exec": {"command": ["echo", "sleep 5"]}}


@breaks("numbers_are_numbers")
def a_number_of_seconds_with_a_unit(objects: Manifests) -> None:
    pod(objects)["terminationGracePeriodSeconds"] = "30s"


@breaks("numbers_are_numbers")
def a_quantity_of_no_unit_that_there_is(objects: Manifests) -> None:
    container(objects)["resources"]["limits"]["memory"] = "256MB"
