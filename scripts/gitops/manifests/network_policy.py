"""Which connections the NetworkPolicies of a namespace let through.

Probes need no policy: the node that a pod runs on always reaches it. An address (ipBlock) may be a pod's when it is
private, or any. Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any

from gitops.manifests.objects import Labels, Object, Objects, Workload, at, of_kind, selects, workloads

ANOTHER = "*"
_NAME = "kubernetes.io/metadata.name"
# The cluster itself makes this namespace, and labels it with its name alone.
_SYSTEM = "kube-system"


@dataclass(frozen=True)
class Peer:
    """The other end of a connection: labels of the pod, and the name of its namespace.

    Labels are None where nobody here says them. A namespace is empty for the one looked at, ANOTHER for any other.
    One that is not `addressed` is known by its labels alone, and by no address.
    """

    labels: Labels | None
    namespace: str = ""
    addressed: bool = True


def lets_in(objects: Objects, work: Workload, peer: Peer, port: int) -> bool:
    """Whether the policies let the peer connect to the workload's pods."""
    return _lets(objects, work, "Ingress", peer, work, port, "TCP")


def lets_out(objects: Objects, work: Workload, peer: Peer, port: int, protocol: str) -> bool:
    """Whether the policies let the workload's pods connect to the peer."""
    called = next((other for other in workloads(objects) if not peer.namespace and peer.labels == other.labels), None)
    return _lets(objects, work, "Egress", peer, called, port, protocol)


def lets_somebody_in(objects: Objects, work: Workload, port: int) -> bool:
    """Whether anything may connect to the workload's pods at all."""
    policies = _policies(objects, work, "Ingress")
    rules = (rule for policy in policies for rule in at(policy, "spec", "ingress", default=()))
    return not policies or any(_opens(rule, work, port, "TCP") for rule in rules)


def _lets(
    objects: Objects, work: Workload, way: str, peer: Peer, listener: Workload | None, port: int, protocol: str
) -> bool:
    policies = _policies(objects, work, way)
    return not policies or any(
        _knows(rule.get("from" if way == "Ingress" else "to"), peer) and _opens(rule, listener, port, protocol)
        for policy in policies
        for rule in at(policy, "spec", way.lower(), default=())
    )


def _policies(objects: Objects, work: Workload, way: str) -> list[Object]:
    return [
        policy
        for policy in of_kind(objects, "NetworkPolicy")
        if way in _ways(policy) and selects(at(policy, "spec", "podSelector", default={}), work.labels)
    ]


def _ways(policy: Object) -> list[str]:
    implied = ["Ingress", "Egress"] if at(policy, "spec", "egress") else ["Ingress"]
    return list(at(policy, "spec", "policyTypes", default=implied))


def _knows(peers: list[Mapping[str, Any]] | None, peer: Peer) -> bool:
    return not peers or any(_is(described, peer) for described in peers)


def _is(described: Mapping[str, Any], peer: Peer) -> bool:
    if block := at(described, "ipBlock", "cidr"):
        network = ip_network(block, strict=False)
        # A node's own DNS cache has a link-local address, and no pod has.
        return network.prefixlen == 0 or (network.is_private and (peer.addressed or network.is_link_local))
    pods = described.get("podSelector")
    if pods is not None and peer.labels is not None and not selects(pods, peer.labels):
        return False
    if described.get("namespaceSelector") is None:
        return not peer.namespace
    return _is_namespace(described["namespaceSelector"], peer.namespace)


def _is_namespace(selector: Mapping[str, Any], name: str) -> bool:
    """Whether the selector may select the peer's namespace, of which only the name is known, and that not always."""
    keys = {*(selector.get("matchLabels") or {}), *(one["key"] for one in selector.get("matchExpressions") or ())}
    unknown = name == ANOTHER or (name != _SYSTEM and bool(keys - {_NAME}))
    return unknown or selects(selector, {_NAME: name})


def _opens(rule: Object, listener: Workload | None, port: int, protocol: str) -> bool:
    ports = rule.get("ports")
    return not ports or any(one.get("protocol", "TCP") == protocol and _covers(one, listener, port) for one in ports)


def _covers(opened: Object, listener: Workload | None, port: int) -> bool:
    first = opened.get("port")
    if isinstance(first, str):
        return listener is not None and listener.port(first) == port
    return first is None or first <= port <= opened.get("endPort", first)
