"""Which connections the NetworkPolicies of a namespace let through.

Probes need no policy: the node that a pod runs on always reaches it. What selects by address (ipBlock) is taken to let
no pod through. Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gitops.manifests.objects import Labels, Object, Objects, Workload, at, matches, named, of_kind, selects, workloads
from gitops.manifests.rules.ports import in_cluster
from gitops.manifests.violation import Violation

DNS_PORT = 53
_CLUSTER_DNS: Labels = {"k8s-app": "kube-dns"}
_PROMETHEUS: Labels = {"app.kubernetes.io/name": "prometheus"}


@dataclass(frozen=True)
class Peer:
    """The other end of a connection: labels of the pod, and the name of its namespace, None for the one looked at."""

    labels: Labels
    namespace: str | None = None


def callers_reach_what_they_call(objects: Objects) -> list[Violation]:
    """A workload that names a Service in a URL may connect to it."""
    return [
        Violation(caller.reference, f"the NetworkPolicies do not let it connect to {called.reference} at port {port}")
        for caller, called, port in calls(objects)
        if not (
            lets_out(objects, caller, Peer(called.labels), port, "TCP")
            and lets_in(objects, called, Peer(caller.labels), port)
        )
    ]


def callers_reach_dns(objects: Objects) -> list[Violation]:
    """Without DNS a Service's name is of no use, and what is seen is a time-out."""
    dns = Peer(_CLUSTER_DNS, "kube-system")
    return [
        Violation(work.reference, f"the NetworkPolicies do not let it ask the cluster's DNS over {protocol}")
        for work in {caller.name: caller for caller, _, _ in calls(objects)}.values()
        for protocol in ("UDP", "TCP")
        if not lets_out(objects, work, dns, DNS_PORT, protocol)
    ]


def visitors_reach_the_entry(objects: Objects) -> list[Violation]:
    """What an Ingress or HTTPRoute leads to is open to pods of any namespace, as their controllers are."""
    return [
        Violation(work.reference, f"the NetworkPolicies do not let an ingress controller connect to port {port}")
        for service in _entries(objects)
        for work, port in _served_by(objects, service)
        if not lets_in(objects, work, Peer({}, "ingress"), port)
    ]


def prometheus_reaches_the_metrics(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, f"the NetworkPolicies do not let Prometheus connect to port {port}")
        for monitor in of_kind(objects, "ServiceMonitor")
        for service in of_kind(objects, "Service")
        if selects(at(monitor, "spec", "selector"), at(service, "metadata", "labels", default={}))
        for work, port in _served_by(objects, service)
        if not lets_in(objects, work, Peer(_PROMETHEUS, "monitoring"), port)
    ]


def lets_in(objects: Objects, work: Workload, peer: Peer, port: int) -> bool:
    """Whether the policies let the peer connect to the workload's pods."""
    return _lets(objects, work, "Ingress", peer, work, port, "TCP")


def lets_out(objects: Objects, work: Workload, peer: Peer, port: int, protocol: str) -> bool:
    """Whether the policies let the workload's pods connect to the peer."""
    called = next((other for other in workloads(objects) if peer == Peer(other.labels)), None)
    return _lets(objects, work, "Egress", peer, called, port, protocol)


def calls(objects: Objects) -> Iterator[tuple[Workload, Workload, int]]:
    """Caller, called, and the port of the pod, for each URL in an environment that names a Service."""
    for caller in workloads(objects):
        for variable in (variable for one in caller.containers for variable in one.get("env", ())):
            service = named(objects, "Service", in_cluster(str(variable.get("value", "")))[0])
            for called, port in _served_by(objects, service) if service else ():
                yield caller, called, port


def _served_by(objects: Objects, service: Object) -> Iterator[tuple[Workload, int]]:
    for work in workloads(objects):
        if matches(at(service, "spec", "selector", default={}), work.labels):
            for port in at(service, "spec", "ports", default=()):
                if number := work.port(port.get("targetPort", port["port"])):
                    yield work, number


def _entries(objects: Objects) -> Iterator[Object]:
    refs = [
        *(path["backend"]["service"] for path in _each(objects, "Ingress", "http", "paths")),
        *_each(objects, "HTTPRoute", "backendRefs"),
    ]
    for ref in refs:
        if service := named(objects, "Service", ref["name"]):
            yield service


def _each(objects: Objects, kind: str, *path: str) -> Iterator[Object]:
    for one in of_kind(objects, kind):
        for rule in at(one, "spec", "rules", default=()):
            yield from at(rule, *path, default=())


def _lets(
    objects: Objects, work: Workload, way: str, peer: Peer, listener: Workload | None, port: int, protocol: str
) -> bool:
    policies = [
        one
        for one in of_kind(objects, "NetworkPolicy")
        if way in _ways(one) and selects(at(one, "spec", "podSelector", default={}), work.labels)
    ]
    return not policies or any(
        _knows(rule.get("from" if way == "Ingress" else "to"), peer) and _opens(rule, listener, port, protocol)
        for one in policies
        for rule in at(one, "spec", way.lower(), default=())
    )


def _ways(policy: Object) -> list[str]:
    implied = ["Ingress", "Egress"] if at(policy, "spec", "egress") else ["Ingress"]
    return list(at(policy, "spec", "policyTypes", default=implied))


def _knows(peers: list[Mapping[str, Any]] | None, peer: Peer) -> bool:
    return not peers or any(_is(described, peer) for described in peers)


def _is(described: Mapping[str, Any], peer: Peer) -> bool:
    if "ipBlock" in described:
        return False
    if "namespaceSelector" not in described:
        return peer.namespace is None and selects(described["podSelector"], peer.labels)
    namespace = {"kubernetes.io/metadata.name": peer.namespace or ""}
    return selects(described["namespaceSelector"], namespace) and selects(described.get("podSelector", {}), peer.labels)


def _opens(rule: Object, listener: Workload | None, port: int, protocol: str) -> bool:
    ports = rule.get("ports")
    return not ports or any(one.get("protocol", "TCP") == protocol and _covers(one, listener, port) for one in ports)


def _covers(opened: Object, listener: Workload | None, port: int) -> bool:
    first = opened.get("port")
    if isinstance(first, str):
        return listener is not None and listener.port(first) == port
    return first is None or first <= port <= opened.get("endPort", first)
