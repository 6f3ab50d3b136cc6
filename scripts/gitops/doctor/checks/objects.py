"""The rules between rendered objects (gitops.manifests.rules) as checks: why each matters, and how to mend it."""

from collections.abc import Iterator

from gitops.doctor import located
from gitops.doctor.check import Check, Problem, Severity, title
from gitops.doctor.checkout import Checkout
from gitops.manifests.rules import RULES
from gitops.manifests.violation import Rule

_LABELS = "Use the labels of the pod template, and no others."
_POLICY = "Open the connection in k8s/components/network-policy, with the port of the pod."
_SETTING = "Set it in k8s/base."

# By the rule's name: severity, why it hurts, how to mend it.
TEXTS: dict[str, tuple[Severity, str, str]] = {
    "deployments_select_their_own_pods": ("error", "The API server refuses the Deployment.", _LABELS),
    "deployments_select_no_other_pods": ("error", "Two Deployments adopt and delete each other's pods.", _LABELS),
    "services_select_one_workload": (
        "error",
        "A Service without pods refuses every connection; one of several workloads answers by chance.",
        _LABELS,
    ),
    "disruption_budgets_select_one_workload": ("error", "It protects nothing, or counts strangers.", _LABELS),
    "spread_counts_its_own_pods": ("warning", "A constraint that counts other pods spreads nothing.", _LABELS),
    "service_monitors_select_a_service": (
        "error",
        "Nothing is measured, and no error is shown.",
        "Use the labels of the Service, not those of the pods.",
    ),
    "services_reach_container_ports": (
        "error",
        "A targetPort on which no container listens refuses every connection.",
        "Name the port in the container, and let targetPort have that name.",
    ),
    "ingresses_reach_services": ("error", "Visitors get 503.", "Name a Service and one of its ports."),
    "routes_reach_services": ("error", "Visitors get 500 or 503.", "Name a Service and one of its ports."),
    "service_monitors_reach_ports": (
        "error",
        "Nothing is measured, and no error is shown.",
        "Give the name of a port of the Service.",
    ),
    "probes_reach_container_ports": (
        "error",
        "The pod never becomes ready, or is killed again and again.",
        "Let the probe have the name of the container's port.",
    ),
    "urls_name_services": ("error", "The caller finds no such host, or no such port.", "Name a Service and its port."),
    "containers_have_all_probes": (
        "error",
        "Without readiness, requests come before the process can answer; without liveness, a dead one stays.",
        "Add startupProbe, livenessProbe and readinessProbe.",
    ),
    "liveness_is_not_readiness": (
        "warning",
        "A pod that only cannot serve now is restarted, and one that drains is killed.",
        "Ask /healthz for life and /readyz for readiness.",
    ),
    "referred_objects_exist": (
        "error",
        "The pod never starts (CreateContainerConfigError), or the API server refuses it.",
        "Add the object, its key or the volume, or remove the reference.",
    ),
    "what_is_needed_comes_first": (
        "error",
        "The sync waits for pods that wait for what only comes after them.",
        "Give what is needed the same or an earlier argocd.argoproj.io/sync-wave.",
    ),
    "config_maps_are_used": (
        "error",
        "A deploy that changes it changes nothing: no pod is ever replaced.",
        "Refer to it from a workload (envFrom, volumes), or remove it.",
    ),
    "names_are_unique": ("error", "The cluster keeps the one that was applied last.", "Remove one of them."),
    "rollouts_keep_every_replica": (
        "error",
        "Requests fail while a rollout takes pods away before new ones are ready.",
        "Set maxUnavailable to 0, and minReadySeconds.",
    ),
    "old_replica_sets_are_few": (
        "warning",
        "Ten old ReplicaSets for each Deployment, twenty in all, hide the ones that matter.",
        "Set revisionHistoryLimit to 3: git is what we roll back with.",
    ),
    "disruption_budgets_allow_one_eviction": (
        "error",
        "No node with such a pod can ever be drained.",
        "Set maxUnavailable to 1 instead of minAvailable.",
    ),
    "replicated_workloads_have_a_disruption_budget": (
        "warning",
        "Draining nodes may take all replicas at once.",
        "Add a PodDisruptionBudget with maxUnavailable 1.",
    ),
    "autoscalers_scale_a_workload": (
        "error",
        "Nothing scales: FailedGetResourceMetric.",
        "Name the Deployment in scaleTargetRef, and let its containers request what is measured.",
    ),
    "autoscalers_alone_set_replicas": (
        "error",
        "Each sync undoes what the autoscaler did, and the autoscaler what the sync did: OutOfSync for ever.",
        "Remove `replicas` from the Deployment, as k8s/components/autoscaling does.",
    ),
    "autoscalers_have_room": ("warning", "It never scales.", "Set maxReplicas above minReplicas."),
    "pods_end_gracefully": (
        "error",
        "Connections are cut off at each rollout.",
        "Set preStop sleep, and a terminationGracePeriodSeconds above all that has to finish.",
    ),
    "pods_are_restricted": (
        "error",
        "A namespace that enforces the restricted level makes no pod; only the ReplicaSet's events say why.",
        "Set the securityContext as in k8s/base.",
    ),
    "root_file_systems_are_read_only": (
        "warning",
        "Whoever breaks into the process can change the program.",
        "Set readOnlyRootFilesystem, with an emptyDir for what is written.",
    ),
    "containers_have_a_user_and_a_group": (
        "warning",
        "A kubelet takes no group from an image's numeric USER: the process is in root's.",
        "Set runAsUser and runAsGroup to the numbers of the image's USER.",
    ),
    "pods_get_no_token": (
        "warning",
        "A process that never talks to the Kubernetes API has a key to it.",
        "Set automountServiceAccountToken to false.",
    ),
    "temporary_files_are_bounded": ("warning", "An emptyDir without a limit fills the node.", "Set sizeLimit."),
    "images_are_pinned": (
        "error",
        "What a node runs depends on when it last pulled.",
        "Let the overlay's `images` give tag and digest.",
    ),
    "image_names_are_lower_case": (
        "error",
        "No registry accepts upper case: InvalidImageName.",
        "Write the name in lower case; `gitops retarget` does.",
    ),
    "containers_say_what_they_need": (
        "error",
        "Without requests the scheduler crowds a node; without limits one pod may starve the others.",
        _SETTING,
    ),
    "quotas_hold_a_rollout": (
        "error",
        "The new pods are refused in the middle of a rollout: exceeded quota.",
        "Raise the quota in k8s/components/class-quota, or lower requests and limits.",
    ),
    "limit_ranges_admit_the_containers": (
        "error",
        "The pods are refused; only the ReplicaSet's events say why.",
        "Keep the containers within the LimitRange.",
    ),
    "quotas_allow_the_services": ("error", "The Service is refused: exceeded quota.", "Use type ClusterIP."),
    "callers_reach_what_they_call": ("error", "Each call ends in a time-out.", _POLICY),
    "callers_reach_dns": ("error", "No Service's name is found, and what is seen is a time-out.", _POLICY),
    "visitors_reach_the_entry": ("error", "Visitors get 504.", _POLICY),
    "prometheus_reaches_the_metrics": ("warning", "Nothing is measured.", _POLICY),
    "numbers_are_numbers": (
        "error",
        "The API server refuses the object.",
        "Write a number without quotes or unit, and a quantity with one of Kubernetes' units.",
    ),
}


def _of_rule(rule: Rule) -> Check:
    def find(checkout: Checkout) -> Iterator[Problem]:
        return located.problems(checkout, rule)

    severity, why, mend = TEXTS[rule.__name__]
    return Check(rule.__name__.replace("_", "-"), severity, title(rule.__name__), why, mend, find)


OF_RULES = tuple(_of_rule(rule) for rule in RULES)
