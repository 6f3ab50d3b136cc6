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
from gitops.manifests.rules.selectors import monitored
from gitops.manifests.violation import Violation

_PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
# Not a port, but a word of the AWS load balancer's controller.
_NO_PORT = "use-annotation"


def services_reach_container_ports(objects: Objects) -> list[Violation]:
    """A targetPort that no container listens on refuses every connection.

    A number reaches a port that the container does not declare too, so it counts only where others are declared.
    """
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


def ingresses_reach_services(objects: Objects) -> list[Violation]:
    return [
        found
        for ingress in of_kind(objects, "Ingress")
        for path, backend in _ingress_backends(ingress)
        for port in [at(backend, "port", "name") or at(backend, "port", "number")]
        if port != _NO_PORT
        for found in _unreachable(objects, ingress, at(backend, "name", default=""), port, path)
    ]


def routes_reach_services(objects: Objects) -> list[Violation]:
    return [
        found
        for route in of_kind(objects, "HTTPRoute")
        for path, backend in _route_backends(route)
        for found in _unreachable(objects, route, backend["name"], backend.get("port"), path)
    ]


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


def service_beside(objects: Objects, one: Object, wanted: str) -> Object | None:
    """The Service of this name in the namespace of the object."""
    near = (service for service in services(objects) if namespace(service) == namespace(one))
    return next((service for service in near if name(service) == wanted), None)


def _unreachable(objects: Objects, one: Object, wanted: str, port: int | str | None, path: Path) -> Iterator[Violation]:
    service = service_beside(objects, one, wanted)
    if service is None and may_make_more(objects):
        yield Violation(reference(one), f"no Service {wanted} is here, but it may be made elsewhere", path, False)
    elif service is None or not has_port(service, port):
        yield Violation(reference(one), f"no Service {wanted} has the port {port}", path)


def _targets(service: Object) -> Iterator[int | str]:
    return (port.get("targetPort", port["port"]) for port in at(service, "spec", "ports", default=()))


def _ingress_backends(ingress: Object) -> Iterator[tuple[Path, Object]]:
    """Those that are Services, with their paths."""
    found: list[tuple[Path, Object]] = [(("spec", "defaultBackend"), at(ingress, "spec", "defaultBackend"))]
    for rule, one in enumerate(at(ingress, "spec", "rules", default=())):
        for index, path in enumerate(at(one, "http", "paths", default=())):
            found.append((("spec", "rules", rule, "http", "paths", index, "backend"), path["backend"]))
    return (((*path, "service"), backend["service"]) for path, backend in found if at(backend, "service"))


def _route_backends(route: Object) -> Iterator[tuple[Path, Object]]:
    """Those that are Services of the route's own namespace."""
    own = namespace(route)
    for rule, one in enumerate(at(route, "spec", "rules", default=())):
        for index, backend in enumerate(one.get("backendRefs") or ()):
            if backend.get("kind", "Service") == "Service" and backend.get("namespace", own) == own:
                yield ("spec", "rules", rule, "backendRefs", index), backend
