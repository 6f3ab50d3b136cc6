"""Who selects whom by labels."""

from collections.abc import Callable, Iterator

from gitops.manifests.objects import (
    Labels,
    Object,
    Objects,
    Path,
    Workload,
    at,
    beside,
    matches,
    may_make_more,
    name,
    namespace,
    of_kind,
    reference,
    selects,
    services,
    workloads,
)
from gitops.manifests.rule import rule
from gitops.manifests.violation import Violation
from gitops.text import Text

_SELECTOR: Path = ("spec", "selector")
_ENDPOINTS = ("Endpoints", "EndpointSlice")
_SELECTING = ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet")
_LABELS = Text(
    "Use the labels of the pod template, and no others.", "Pod テンプレートのラベルを使い、ほかのものは使いません。"
)


@rule(
    "error",
    why=Text("The API server refuses the Deployment.", "API サーバーが Deployment を受け付けません。"),
    fix=_LABELS,
)
def deployments_select_their_own_pods(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, "its selector does not match the labels of its own pod template", _SELECTOR)
        for work in _selecting(objects)
        if not selects(at(work.object, *_SELECTOR), work.labels)
    ]


@rule(
    "error",
    why=Text(
        "Two Deployments adopt and delete each other's pods.",
        "2 つの Deployment が、互いの Pod を自分のものとして消し合います。",
    ),
    fix=_LABELS,
)
def deployments_select_no_other_pods(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, f"its selector also matches the pods of {other.reference}", _SELECTOR)
        for work in _selecting(objects)
        for other in beside(objects, work.object)
        if work != other and selects(at(work.object, *_SELECTOR), other.labels)
    ]


@rule(
    "error",
    why=Text(
        "A Service without pods refuses every connection; one of several workloads answers by chance.",
        "Pod のない Service はすべての接続を拒みます。複数のワークロードを選ぶと、どれが答えるかは偶然です。",
    ),
    fix=_LABELS,
)
def services_select_one_workload(objects: Objects) -> list[Violation]:
    """A Service without a selector has its endpoints from elsewhere."""
    chosen = [(reference(one), _chosen(objects, one, matches)) for one in services(objects) if at(one, *_SELECTOR)]
    alone = {works[0].reference: service for service, works in chosen if len(works) == 1}
    elsewhere = "it has no selector, and where its endpoints come from is not said here"
    return [
        *(
            _several(service, works, alone) if works else _no_pods(objects, service)
            for service, works in chosen
            if len(works) != 1
        ),
        *(
            Violation(reference(service), elsewhere, _SELECTOR, decided=False)
            for service in services(objects)
            if not at(service, *_SELECTOR) and at(service, "spec", "type") != "ExternalName"
            if not any(_is_for(other, service) for kind in _ENDPOINTS for other in of_kind(objects, kind))
        ),
    ]


@rule(
    "error",
    why=Text(
        "Requests go to pods that cannot answer yet, or no longer: visitors get errors at each rollout.",
        "まだ、またはもう答えられない Pod にリクエストが届き、ロールアウトのたびに利用者にエラーが返ります。",
    ),
    fix=Text("Remove publishNotReadyAddresses.", "publishNotReadyAddresses を取り除きます。"),
)
def services_wait_for_readiness(objects: Objects) -> list[Violation]:
    """A headless Service may lead members of a cluster to each other before they are ready."""
    return [
        Violation(reference(service), "it leads to pods that are not ready too", ("spec", "publishNotReadyAddresses"))
        for service in services(objects)
        if at(service, "spec", "publishNotReadyAddresses") is True and at(service, "spec", "clusterIP") != "None"
    ]


@rule(
    "error",
    why=Text(
        "A budget without pods protects nothing; of several workloads, one may be down altogether.",
        "Pod を選ばない予算は何も守りません。複数のワークロードを選ぶと、そのうち 1 つがまるごと止まることがあります。",
    ),
    fix=_LABELS,
)
def disruption_budgets_select_one_workload(objects: Objects) -> list[Violation]:
    return [
        _several(reference(budget), chosen, {}) if chosen else _no_pods(objects, reference(budget))
        for budget in of_kind(objects, "PodDisruptionBudget")
        for chosen in [_chosen(objects, budget, selects)]
        if len(chosen) != 1
    ]


@rule(
    "warning",
    why=Text(
        "A constraint that counts other pods spreads nothing: one node that goes down may take them all.",
        "ほかの Pod を数える制約では何も分散されず、1 つのノードの停止ですべてが止まることがあります。",
    ),
    fix=_LABELS,
)
def spread_counts_its_own_pods(objects: Objects) -> list[Violation]:
    return [
        Violation(
            work.reference,
            "its topologySpreadConstraints select other pods than its own",
            work.of_pod("topologySpreadConstraints", index, "labelSelector"),
        )
        for work in workloads(objects)
        for index, constraint in enumerate(work.pod.get("topologySpreadConstraints") or ())
        if not selects(constraint.get("labelSelector"), work.labels)
    ]


@rule(
    "error",
    why=Text("Nothing is measured, and no error is shown.", "何も計測されず、エラーも出ません。"),
    fix=Text("Use the labels of the Service, not those of the pods.", "Pod ではなく Service のラベルを使います。"),
)
def service_monitors_select_a_service(objects: Objects) -> list[Violation]:
    idle = [monitor for monitor in of_kind(objects, "ServiceMonitor") if not list(monitored(objects, monitor))]
    what = "its selector matches the labels of no Service"
    return [
        Violation(reference(monitor), f"{what} here", _SELECTOR, decided=False)
        if at(monitor, "spec", "namespaceSelector") or not any(services(objects))
        else Violation(reference(monitor), what, _SELECTOR)
        for monitor in idle
    ]


def monitored(objects: Objects, monitor: Object) -> Iterator[Object]:
    """The Services that a ServiceMonitor selects."""
    selector = at(monitor, *_SELECTOR, default={})
    return (
        service for service in services(objects) if selects(selector, at(service, "metadata", "labels", default={}))
    )


def _is_for(endpoints: Object, service: Object) -> bool:
    """Endpoints have the name of their Service, and an EndpointSlice a label with it."""
    label = at(endpoints, "metadata", "labels", "kubernetes.io/service-name", default=name(endpoints))
    return str(label) == name(service) and namespace(endpoints) == namespace(service)


def _selecting(objects: Objects) -> list[Workload]:
    return [work for work in workloads(objects) if work.object.get("kind") in _SELECTING]


def _chosen(objects: Objects, manifest: Object, selecting: Callable[[Object, Labels], bool]) -> list[Workload]:
    return [work for work in beside(objects, manifest) if selecting(at(manifest, *_SELECTOR, default={}), work.labels)]


def _no_pods(objects: Objects, where: str) -> Violation:
    if may_make_more(objects) or not workloads(objects):
        what = "its selector matches the pods of nothing here, but they may be made elsewhere"
        return Violation(where, what, _SELECTOR, decided=False)
    return Violation(where, "its selector matches the pods of no workload", _SELECTOR)


def _several(where: str, works: list[Workload], alone: dict[str, str]) -> Violation:
    """A Service selects several workloads. Versions of one may share it, as for a canary; a workload with a Service of
    its own may not."""
    names = " and ".join(work.reference for work in works)
    if own := next((alone[work.reference] for work in works if work.reference in alone), None):
        return Violation(where, f"its selector matches the pods of {names}, though {own} is for one of them", _SELECTOR)
    what = f"its selector matches the pods of {names}, which is right only for versions of one workload"
    return Violation(where, what, _SELECTOR, decided=False)
