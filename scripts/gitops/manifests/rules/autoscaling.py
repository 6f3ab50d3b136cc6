"""Autoscalers, and how many replicas there are with and without them."""

from collections.abc import Iterator

from gitops.manifests.objects import Object, Objects, Workload, at, may_make_more, of_kind, reference, whole, workloads
from gitops.manifests.rule import rule
from gitops.manifests.violation import Violation
from gitops.text import Text

_TARGET = ("spec", "scaleTargetRef")


@rule(
    "error",
    why=Text("Nothing scales: FailedGetResourceMetric.", "台数が増減しません（FailedGetResourceMetric）。"),
    fix=Text(
        "Name the Deployment in scaleTargetRef, and let its containers request what is measured.",
        "scaleTargetRef に Deployment の名前を書き、計測するリソースをコンテナーの requests に書きます。",
    ),
)
def autoscalers_scale_a_workload(objects: Objects) -> list[Violation]:
    """The target exists, and its containers request the resource of which the autoscaler measures a percentage."""
    return [found for scaler in of_kind(objects, "HorizontalPodAutoscaler") for found in _idle(objects, scaler)]


@rule(
    "error",
    why=Text(
        "Each sync undoes what the autoscaler did, and the autoscaler what the sync did: OutOfSync for ever.",
        "同期とオートスケーラーが互いの変更を取り消し続け、いつまでも OutOfSync です。",
    ),
    fix=Text(
        "Remove `replicas` from the Deployment, as k8s/components/autoscaling does.",
        "k8s/components/autoscaling のように、Deployment から `replicas` を取り除きます。",
    ),
)
def autoscalers_alone_set_replicas(objects: Objects) -> list[Violation]:
    """A workload has at most one autoscaler, and no `replicas` beside it."""
    targets = [(scaler, _target(scaler)) for scaler in of_kind(objects, "HorizontalPodAutoscaler")]
    return [
        *(
            Violation(work.reference, f"it sets replicas, and so does {reference(scaler)}", ("spec", "replicas"))
            for work in workloads(objects)
            if (scaler := autoscaler(work, objects)) and at(work.object, "spec", "replicas") is not None
        ),
        *(
            Violation(reference(scaler), f"it is not alone in setting the replicas of {target}", (*_TARGET, "name"))
            for scaler, target in targets
            if [other for _, other in targets].count(target) > 1
        ),
    ]


@rule(
    "warning",
    why=Text("The autoscaler never changes the number of pods.", "台数が増減しません。"),
    fix=Text("Set maxReplicas above minReplicas.", "maxReplicas を minReplicas より大きくします。"),
)
def autoscalers_have_room(objects: Objects) -> list[Violation]:
    return [
        Violation(
            reference(scaler), "maxReplicas is not above minReplicas, so that it never scales", ("spec", "maxReplicas")
        )
        for scaler in of_kind(objects, "HorizontalPodAutoscaler")
        if whole(scaler, "spec", "maxReplicas", default=0) <= whole(scaler, "spec", "minReplicas", default=1)
    ]


def autoscaler(work: Workload, objects: Objects) -> Object | None:
    """The HorizontalPodAutoscaler of the workload, if it has one."""
    scalers = of_kind(objects, "HorizontalPodAutoscaler")
    return next((scaler for scaler in scalers if _target(scaler) == work.reference), None)


def fewest(work: Workload, objects: Objects) -> int:
    """How many replicas the workload has at least."""
    if scaler := autoscaler(work, objects):
        return whole(scaler, "spec", "minReplicas", default=1)
    return whole(work.object, "spec", "replicas", default=1)


def most(work: Workload, objects: Objects) -> int:
    """How many replicas the workload has at most, not counting those of a rollout."""
    if scaler := autoscaler(work, objects):
        return whole(scaler, "spec", "maxReplicas", default=1)
    return whole(work.object, "spec", "replicas", default=1)


def _idle(objects: Objects, scaler: Object) -> Iterator[Violation]:
    target = next((work for work in workloads(objects) if work.reference == _target(scaler)), None)
    if target is None and may_make_more(objects):
        what = f"its scaleTargetRef names {_target(scaler)}, which may be made elsewhere"
        yield Violation(reference(scaler), what, (*_TARGET, "name"), decided=False)
    elif target is None:
        yield Violation(reference(scaler), "its scaleTargetRef names nothing that exists", (*_TARGET, "name"))
    else:
        for resource in _measured(scaler):
            for container in target.containers:
                if all(at(container, "resources", field, resource) is None for field in ("requests", "limits")):
                    what = f"container {container['name']} requests no {resource}, so that nothing scales"
                    yield Violation(reference(scaler), what, (*_TARGET, "name"))


def _target(scaler: Object) -> str:
    return f"{at(scaler, *_TARGET, 'kind')}/{at(scaler, *_TARGET, 'name')}"


def _measured(scaler: Object) -> list[str]:
    metrics = at(scaler, "spec", "metrics", default=())
    return [
        at(metric, "resource", "name")
        for metric in metrics
        if at(metric, "resource", "target", "type") == "Utilization"
    ]
