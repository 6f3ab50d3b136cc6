"""Autoscalers, and how many replicas there are with and without them."""

from gitops.manifests.objects import Object, Objects, Workload, at, named, of_kind, reference, workloads
from gitops.manifests.violation import Violation


def autoscalers_scale_a_workload(objects: Objects) -> list[Violation]:
    """The target exists, and its containers request what the autoscaler measures in percent of."""
    found = []
    for scaler in of_kind(objects, "HorizontalPodAutoscaler"):
        target = named(
            objects, at(scaler, "spec", "scaleTargetRef", "kind"), at(scaler, "spec", "scaleTargetRef", "name")
        )
        if target is None:
            found.append(Violation(reference(scaler), "its scaleTargetRef names nothing that exists"))
            continue
        found += [
            Violation(
                reference(scaler), f"container {container['name']} requests no {resource}, so that nothing scales"
            )
            for resource in _measured(scaler)
            for container in Workload(target).containers
            if at(container, "resources", "requests", resource) is None
        ]
    return found


def autoscalers_alone_set_replicas(objects: Objects) -> list[Violation]:
    """With `replicas` in git too, each sync undoes what the autoscaler did."""
    return [
        Violation(work.reference, f"it sets replicas, and so does {reference(scaler)}")
        for work in workloads(objects)
        if (scaler := autoscaler(work, objects)) and at(work.deployment, "spec", "replicas") is not None
    ]


def autoscalers_have_room(objects: Objects) -> list[Violation]:
    return [
        Violation(reference(scaler), "maxReplicas is not above minReplicas, so that it never scales")
        for scaler in of_kind(objects, "HorizontalPodAutoscaler")
        if at(scaler, "spec", "maxReplicas", default=0) <= at(scaler, "spec", "minReplicas", default=1)
    ]


def autoscaler(work: Workload, objects: Objects) -> Object | None:
    """The HorizontalPodAutoscaler of the workload, if it has one."""
    scalers = of_kind(objects, "HorizontalPodAutoscaler")
    return next((one for one in scalers if at(one, "spec", "scaleTargetRef", "name") == work.name), None)


def fewest(work: Workload, objects: Objects) -> int:
    """How many replicas the workload has at least."""
    if scaler := autoscaler(work, objects):
        return int(at(scaler, "spec", "minReplicas", default=1))
    return int(at(work.deployment, "spec", "replicas", default=1))


def most(work: Workload, objects: Objects) -> int:
    """How many replicas the workload has at most, not counting those of a rollout."""
    if scaler := autoscaler(work, objects):
        return int(at(scaler, "spec", "maxReplicas"))
    return int(at(work.deployment, "spec", "replicas", default=1))


def _measured(scaler: Object) -> list[str]:
    metrics = at(scaler, "spec", "metrics", default=())
    return [at(one, "resource", "name") for one in metrics if at(one, "resource", "target", "type") == "Utilization"]
