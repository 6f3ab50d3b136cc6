"""Ports, along the way of a request: route or Ingress, Service, container."""

from collections.abc import Iterator

from gitops.manifests.objects import (
    Object,
    Objects,
    Path,
    at,
    beside,
    matches,
    may_make_more,
    name,
    namespace,
    of_kind,
    reference,
    services,
    workloads,
)
from gitops.manifests.rule import rule
from gitops.manifests.rules.selectors import monitored
from gitops.manifests.violation import Violation
from gitops.text import Text

_PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
# Not a port: the controller of AWS's load balancer finds the backend in an annotation.
_NO_PORT = "use-annotation"


@rule(
    "error",
    why=Text(
        "A targetPort on which no container listens refuses every connection.",
        "どのコンテナーも待ち受けていない targetPort では、すべての接続が拒まれます。",
    ),
    fix=Text(
        "Name the port in the container, and let targetPort have that name.",
        "コンテナーのポートに名前を付け、targetPort にその名前を書きます。",
    ),
)
def services_reach_container_ports(objects: Objects) -> list[Violation]:
    """A number reaches a port that the container does not declare too, so it counts only where others are declared."""
    return [
        Violation(
            reference(service), f"its targetPort {target} is no port of {work.reference}", ("spec", "ports", index)
        )
        for service in services(objects)
        for work in beside(objects, service)
        if (selector := at(service, "spec", "selector")) and matches(selector, work.labels)
        for index, target in enumerate(_targets(service))
        if work.port(target) is None and (work.ports or isinstance(target, str))
    ]


@rule(
    "error",
    why=Text("Visitors get 503.", "利用者には 503 が返ります。"),
    fix=Text("Name a Service and one of its ports.", "実在する Service とそのポートを書きます。"),
)
def ingresses_reach_services(objects: Objects) -> list[Violation]:
    return [
        violation
        for ingress in of_kind(objects, "Ingress")
        for path, backend in _ingress_backends(ingress)
        for port in [at(backend, "port", "name") or at(backend, "port", "number")]
        if port != _NO_PORT
        for violation in _unreachable(objects, ingress, at(backend, "name", default=""), port, path)
    ]


@rule(
    "error",
    why=Text("Visitors get 500 or 503.", "利用者には 500 か 503 が返ります。"),
    fix=Text("Name a Service and one of its ports.", "実在する Service とそのポートを書きます。"),
)
def routes_reach_services(objects: Objects) -> list[Violation]:
    return [
        violation
        for route in of_kind(objects, "HTTPRoute")
        for path, backend in _route_backends(route)
        for violation in _unreachable(objects, route, backend["name"], backend.get("port"), path)
    ]


@rule(
    "error",
    why=Text("Nothing is measured, and no error is shown.", "何も計測されず、エラーも出ません。"),
    fix=Text("Give the name of a port of the Service.", "Service のポートの名前を書きます。"),
)
def service_monitors_reach_ports(objects: Objects) -> list[Violation]:
    """An endpoint's port is the name of a port of the Service; targetPort asks the pod instead."""
    return [
        Violation(
            reference(monitor),
            f"{reference(service)} has no port named {endpoint['port']}",
            ("spec", "endpoints", index, "port"),
        )
        for monitor in of_kind(objects, "ServiceMonitor")
        for service in monitored(objects, monitor)
        for index, endpoint in enumerate(at(monitor, "spec", "endpoints", default=()))
        if "port" in endpoint
        if endpoint["port"] not in [port.get("name") for port in at(service, "spec", "ports", default=())]
    ]


@rule(
    "error",
    why=Text(
        "The pod never becomes ready, or is killed again and again.",
        "Pod がいつまでも準備完了にならないか、何度も再起動されます。",
    ),
    fix=Text("Let the probe have the name of the container's port.", "プローブにコンテナーのポートの名前を書きます。"),
)
def probes_reach_container_ports(objects: Objects) -> list[Violation]:
    """A number reaches a port that the container does not declare too, so it counts only where others are declared."""
    return [
        Violation(
            work.reference,
            f"its {probe} asks port {port}, which container {container['name']} does not have",
            work.of(container, probe, asking, "port"),
        )
        for work in workloads(objects)
        for container in work.containers
        for probe in _PROBES
        for asking in ("httpGet", "tcpSocket")
        for port in [at(container, probe, asking, "port")]
        if port is not None and work.port(port) is None and (work.ports or isinstance(port, str))
    ]


def has_port(service: Object, wanted: int | str | None) -> bool:
    """Whether the Service has a port with this number or name."""
    ports = at(service, "spec", "ports", default=())
    return wanted is not None and any(wanted in (port["port"], port.get("name")) for port in ports)


def service_beside(objects: Objects, manifest: Object, wanted: str) -> Object | None:
    """The Service of this name in the namespace of the object."""
    near = (service for service in services(objects) if namespace(service) == namespace(manifest))
    return next((service for service in near if name(service) == wanted), None)


def _unreachable(objects: Objects, way: Object, wanted: str, port: int | str | None, path: Path) -> Iterator[Violation]:
    service = service_beside(objects, way, wanted)
    if service is None and may_make_more(objects):
        yield Violation(reference(way), f"no Service {wanted} is here, but it may be made elsewhere", path, False)
    elif service is None or not has_port(service, port):
        yield Violation(reference(way), f"no Service {wanted} has the port {port}", path)


def _targets(service: Object) -> Iterator[int | str]:
    return (port.get("targetPort", port["port"]) for port in at(service, "spec", "ports", default=()))


def _ingress_backends(ingress: Object) -> Iterator[tuple[Path, Object]]:
    """The backends that are Services, with their paths."""
    backends: list[tuple[Path, Object]] = [(("spec", "defaultBackend"), at(ingress, "spec", "defaultBackend"))]
    for number, hosts in enumerate(at(ingress, "spec", "rules", default=())):
        for index, path in enumerate(at(hosts, "http", "paths", default=())):
            backends.append((("spec", "rules", number, "http", "paths", index, "backend"), path["backend"]))
    return (((*path, "service"), backend["service"]) for path, backend in backends if at(backend, "service"))


def _route_backends(route: Object) -> Iterator[tuple[Path, Object]]:
    """The backends that are Services of the route's own namespace, with their paths."""
    own = namespace(route)
    for number, route_rule in enumerate(at(route, "spec", "rules", default=())):
        for index, backend in enumerate(route_rule.get("backendRefs") or ()):
            if backend.get("kind", "Service") == "Service" and backend.get("namespace", own) == own:
                yield ("spec", "rules", number, "backendRefs", index), backend
