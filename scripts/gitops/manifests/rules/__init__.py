"""Rules over rendered objects: pure functions that return what is wrong; their docstrings say why it hurts."""

from gitops.manifests.objects import Objects
from gitops.manifests.rules import (
    autoscaling,
    availability,
    capacity,
    images,
    network,
    ports,
    probes,
    references,
    security,
    selectors,
    types,
    urls,
)
from gitops.manifests.violation import Rule, Violation

RULES: tuple[Rule, ...] = (
    selectors.deployments_select_their_own_pods,
    selectors.deployments_select_no_other_pods,
    selectors.services_select_one_workload,
    selectors.disruption_budgets_select_one_workload,
    selectors.spread_counts_its_own_pods,
    selectors.service_monitors_select_a_service,
    ports.services_reach_container_ports,
    ports.ingresses_reach_services,
    ports.routes_reach_services,
    ports.service_monitors_reach_ports,
    ports.probes_reach_container_ports,
    urls.urls_name_services,
    probes.containers_have_all_probes,
    probes.liveness_is_not_readiness,
    references.referred_objects_exist,
    references.what_is_needed_comes_first,
    references.config_maps_are_used,
    references.names_are_unique,
    availability.rollouts_keep_every_replica,
    availability.old_replica_sets_are_few,
    availability.disruption_budgets_allow_one_eviction,
    availability.replicated_workloads_have_a_disruption_budget,
    autoscaling.autoscalers_scale_a_workload,
    autoscaling.autoscalers_alone_set_replicas,
    autoscaling.autoscalers_have_room,
    availability.pods_end_gracefully,
    security.pods_are_restricted,
    security.root_file_systems_are_read_only,
    security.containers_have_a_user_and_a_group,
    security.pods_get_no_token,
    security.temporary_files_are_bounded,
    images.images_are_pinned,
    images.image_names_are_lower_case,
    capacity.containers_say_what_they_need,
    capacity.quotas_hold_a_rollout,
    capacity.limit_ranges_admit_the_containers,
    capacity.quotas_allow_the_services,
    network.callers_reach_what_they_call,
    network.callers_reach_dns,
    network.visitors_reach_the_entry,
    network.prometheus_reaches_the_metrics,
    types.numbers_are_numbers,
)


def violations(objects: Objects, rules: tuple[Rule, ...] = RULES) -> dict[str, list[Violation]]:
    """What each rule finds, by the rule's name, without the rules that find nothing."""
    found = {rule.__name__: rule(objects) for rule in rules}
    return {name: listed for name, listed in found.items() if listed}
