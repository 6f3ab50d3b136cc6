"""Connections that the NetworkPolicies of a namespace must let through."""

from collections.abc import Iterator

from gitops.manifests.network_policy import ANOTHER, Peer, lets_in, lets_out, lets_somebody_in
from gitops.manifests.objects import (
    Labels,
    Object,
    Objects,
    Workload,
    at,
    beside,
    matches,
    of_kind,
    reference,
    services,
)
from gitops.manifests.rule import rule
from gitops.manifests.rules.ports import service_beside
from gitops.manifests.rules.selectors import monitored
from gitops.manifests.rules.urls import service_of, urls
from gitops.manifests.violation import Violation
from gitops.text import Text

DNS_PORT = 53
_CLUSTER_DNS: Labels = {"k8s-app": "kube-dns"}
_PROMETHEUS: Labels = {"app.kubernetes.io/name": "prometheus"}
_POLICY = Text(
    "Open the connection in k8s/components/network-policy, with the port of the pod.",
    "k8s/components/network-policy で、Pod のポートへの接続を許可します。",
)


@rule(
    "error",
    why=Text("Each call ends in a time-out.", "呼び出すたびに時間切れになります。"),
    fix=_POLICY,
)
def callers_reach_what_they_call(objects: Objects) -> list[Violation]:
    """A workload that names a Service in a URL may connect to it."""
    return _closed_calls(objects)


@rule(
    "error",
    why=Text(
        "No Service's name is found, and what is seen is a time-out.",
        "Service の名前が引けず、時間切れとして現れます。",
    ),
    fix=_POLICY,
)
def callers_reach_dns(objects: Objects) -> list[Violation]:
    """The policies let the caller ask DNS, and the cluster's DNS is what it asks."""
    elsewhere = [
        Violation(work.reference, "its dnsPolicy is Default: it asks the node's DNS", work.of_pod("dnsPolicy"))
        for work in _callers(objects)
        if work.pod.get("dnsPolicy") == "Default"
    ]
    return [*elsewhere, *_closed_dns(objects)]


@rule(
    "error",
    why=Text(
        "A pod has another address after each rollout, and some network plugins match no pod by address: "
        "the connection ends in a time-out sooner or later.",
        "Pod のアドレスはロールアウトのたびに変わり、アドレスでは Pod に合わないネットワークプラグインもあります。"
        "接続は遅かれ早かれ時間切れになります。",
    ),
    fix=Text(
        "Name the pods by podSelector and namespaceSelector instead of ipBlock.",
        "ipBlock の代わりに podSelector と namespaceSelector で Pod を指定します。",
    ),
)
def policies_name_pods_instead_of_addresses(objects: Objects) -> list[Violation]:
    """Finds policies where a known call depends on an address. What is outside the cluster has nothing but
    addresses."""
    return [
        Violation(violation.where, f"but for an address, {violation.what}")
        for closed in (_closed_calls, _closed_dns)
        for violation in closed(objects, addressed=False)
        if violation not in closed(objects)
    ]


@rule(
    "error",
    why=Text(
        "Nobody reaches the Service: each connection ends in a time-out.",
        "誰も Service につながりません。接続するたびに時間切れになります。",
    ),
    fix=_POLICY,
)
def services_are_open_to_somebody(objects: Objects) -> list[Violation]:
    """Looks at the Services that nobody here calls; for the others, callers_reach_what_they_call does."""
    called = [(work, port) for _, work, port in calls(objects)]
    return [
        Violation(work.reference, f"the NetworkPolicies let nobody connect to port {port}, where {of} leads")
        for service in services(objects)
        for of in [reference(service)]
        for work, port in _served_by(objects, service)
        if (work, port) not in called and not lets_somebody_in(objects, work, port)
    ]


@rule(
    "error",
    why=Text("Visitors get 504.", "利用者には 504 が返ります。"),
    fix=_POLICY,
)
def visitors_reach_the_entry(objects: Objects) -> list[Violation]:
    """What an Ingress or HTTPRoute leads to is open to pods of any namespace, as their controllers are."""
    return [
        Violation(work.reference, f"the NetworkPolicies do not let an ingress controller connect to port {port}")
        for service in _entries(objects)
        for work, port in _served_by(objects, service)
        if not lets_in(objects, work, Peer(None, ANOTHER), port)
    ]


@rule(
    "warning",
    why=Text("Nothing is measured.", "何も計測されません。"),
    fix=_POLICY,
)
def prometheus_reaches_the_metrics(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, f"the NetworkPolicies do not let Prometheus connect to port {port}")
        for monitor in of_kind(objects, "ServiceMonitor")
        for service in monitored(objects, monitor)
        for work, port in _served_by(objects, service)
        if not lets_in(objects, work, Peer(_PROMETHEUS, ANOTHER), port)
    ]


def calls(objects: Objects) -> Iterator[tuple[Workload, Workload, int]]:
    """For each URL in an environment that names a Service: the caller, the called workload, and the port of its pod."""
    for url in urls(objects):
        service = service_of(objects, url)
        for called, port in _served_by(objects, service) if service else ():
            yield url.caller, called, port


def _callers(objects: Objects) -> list[Workload]:
    return list({caller.name: caller for caller, _, _ in calls(objects)}.values())


def _closed_calls(objects: Objects, addressed: bool = True) -> list[Violation]:
    return [
        Violation(caller.reference, f"the NetworkPolicies do not let it connect to {called.reference} at port {port}")
        for caller, called, port in calls(objects)
        if not (
            lets_out(objects, caller, Peer(called.labels, addressed=addressed), port, "TCP")
            and lets_in(objects, called, Peer(caller.labels, addressed=addressed), port)
        )
    ]


def _closed_dns(objects: Objects, addressed: bool = True) -> list[Violation]:
    dns = Peer(_CLUSTER_DNS, "kube-system", addressed)
    return [
        Violation(work.reference, f"the NetworkPolicies do not let it ask the cluster's DNS over {protocol}")
        for work in _callers(objects)
        for protocol in ("UDP", "TCP")
        if not lets_out(objects, work, dns, DNS_PORT, protocol)
    ]


def _served_by(objects: Objects, service: Object) -> Iterator[tuple[Workload, int]]:
    selector = at(service, "spec", "selector")
    for work in beside(objects, service) if selector else ():
        if matches(selector, work.labels):
            for port in at(service, "spec", "ports", default=()):
                if number := work.port(port.get("targetPort", port["port"])):
                    yield work, number


def _entries(objects: Objects) -> Iterator[Object]:
    refs = [
        *((ingress, at(path, "backend", "service")) for ingress, path in _each(objects, "Ingress", "http", "paths")),
        *_each(objects, "HTTPRoute", "backendRefs"),
    ]
    for named_by, ref in refs:
        if service := service_beside(objects, named_by, at(ref, "name", default="")):
            yield service


def _each(objects: Objects, kind: str, *path: str) -> Iterator[tuple[Object, Object]]:
    for route in of_kind(objects, kind):
        for part in at(route, "spec", "rules", default=()):
            yield from ((route, found) for found in at(part, *path, default=()))
