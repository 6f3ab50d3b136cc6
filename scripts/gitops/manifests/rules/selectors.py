"""Who selects whom by labels."""

from collections.abc import Callable, Iterator

from gitops.manifests.objects import Labels, Object, Objects, at, matches, of_kind, reference, selects, workloads
from gitops.manifests.violation import Violation


def deployments_select_their_own_pods(objects: Objects) -> list[Violation]:
    """The API server refuses a Deployment that does not."""
    return [
        Violation(one.reference, "its selector does not match the labels of its own pod template")
        for one in workloads(objects)
        if not selects(at(one.deployment, "spec", "selector"), one.labels)
    ]


def deployments_select_no_other_pods(objects: Objects) -> list[Violation]:
    """Two Deployments that select the same pods adopt and delete each other's."""
    return [
        Violation(one.reference, f"its selector also matches the pods of {other.reference}")
        for one in workloads(objects)
        for other in workloads(objects)
        if one != other and selects(at(one.deployment, "spec", "selector"), other.labels)
    ]


def services_select_one_workload(objects: Objects) -> list[Violation]:
    """A Service without pods refuses every connection; one of several workloads answers by chance."""
    return list(_selecting_not_one(objects, "Service", matches))


def disruption_budgets_select_one_workload(objects: Objects) -> list[Violation]:
    return list(_selecting_not_one(objects, "PodDisruptionBudget", selects))


def spread_counts_its_own_pods(objects: Objects) -> list[Violation]:
    """A constraint that counts other pods spreads nothing."""
    return [
        Violation(one.reference, "its topologySpreadConstraints select other pods than its own")
        for one in workloads(objects)
        for constraint in one.pod.get("topologySpreadConstraints", ())
        if not selects(constraint.get("labelSelector"), one.labels)
    ]


def service_monitors_select_a_service(objects: Objects) -> list[Violation]:
    """Labels of the Service, not of the pods; without one nothing is measured and no error is shown."""
    services = [at(one, "metadata", "labels", default={}) for one in of_kind(objects, "Service")]
    return [
        Violation(reference(one), "its selector matches the labels of no Service")
        for one in of_kind(objects, "ServiceMonitor")
        if not any(selects(at(one, "spec", "selector"), labels) for labels in services)
    ]


def _selecting_not_one(objects: Objects, kind: str, selecting: Callable[[Object, Labels], bool]) -> Iterator[Violation]:
    for one in of_kind(objects, kind):
        selector = at(one, "spec", "selector", default={})
        chosen = [work.reference for work in workloads(objects) if selecting(selector, work.labels)]
        if len(chosen) != 1:
            yield Violation(reference(one), f"its selector matches {' and '.join(chosen) or 'no Deployment'}")
