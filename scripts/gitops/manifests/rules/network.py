"""Connections that the NetworkPolicies of a namespace must let through."""

from collections.abc import Iterator

from gitops.manifests.network_policy import Peer, lets_in, lets_out
from gitops.manifests.objects import Labels, Object, Objects, Workload, at, matches, named, of_kind, selects, workloads
from gitops.manifests.rules.ports import in_cluster
from gitops.manifests.violation import Violation

DNS_PORT = 53
_CLUSTER_DNS: Labels = {"k8s-app": "kube-dns"}
_PROMETHEUS: Labels = {"app.kubernetes.io/name": "prometheus"}


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
