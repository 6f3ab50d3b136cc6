"""Ports, along the way of a request: route or Ingress, Service, container."""

import re
from collections.abc import Iterator

from gitops.manifests.objects import Object, Objects, at, matches, named, of_kind, reference, selects, workloads
from gitops.manifests.violation import Violation

_URL = re.compile(r"http://(?P<service>[a-z0-9-]+)(\.[^./:]+(\.svc[a-z.]*)?)?(:(?P<port>[0-9]+))?/?")


def services_reach_container_ports(objects: Objects) -> list[Violation]:
    """A targetPort that no container listens on refuses every connection."""
    return [
        Violation(reference(service), f"its targetPort {target} is no port of {work.reference}")
        for service in of_kind(objects, "Service")
        for work in workloads(objects)
        if matches(at(service, "spec", "selector", default={}), work.labels)
        for target in _targets(service)
        if work.port(target) is None
    ]


def ingresses_reach_services(objects: Objects) -> list[Violation]:
    return [
        Violation(reference(ingress), f"no Service {at(backend, 'name')} has the port {port}")
        for ingress in of_kind(objects, "Ingress")
        for backend in _ingress_backends(ingress)
        for port in [at(backend, "port", "name") or at(backend, "port", "number")]
        if not _has_port(named(objects, "Service", backend["name"]), port)
    ]


def routes_reach_services(objects: Objects) -> list[Violation]:
    return [
        Violation(reference(route), f"no Service {backend['name']} has the port {backend.get('port')}")
        for route in of_kind(objects, "HTTPRoute")
        for rule in at(route, "spec", "rules", default=())
        for backend in rule.get("backendRefs", ())
        if not _has_port(named(objects, "Service", backend["name"]), backend.get("port"))
    ]


def service_monitors_reach_ports(objects: Objects) -> list[Violation]:
    """An endpoint's port is the name of a port of the Service."""
    return [
        Violation(reference(monitor), f"{reference(service)} has no port named {endpoint.get('port')}")
        for monitor in of_kind(objects, "ServiceMonitor")
        for service in of_kind(objects, "Service")
        if selects(at(monitor, "spec", "selector"), at(service, "metadata", "labels", default={}))
        for endpoint in at(monitor, "spec", "endpoints", default=())
        if endpoint.get("port") not in [port.get("name") for port in at(service, "spec", "ports", default=())]
    ]


def probes_reach_container_ports(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, f"its {probe} asks port {port}, which container {container['name']} does not have")
        for work in workloads(objects)
        for container in work.containers
        for probe in ("startupProbe", "livenessProbe", "readinessProbe")
        for port in [at(container, probe, "httpGet", "port")]
        if port is not None and work.port(port) is None
    ]


def urls_name_services(objects: Objects) -> list[Violation]:
    """A URL in the environment whose host is in the cluster names a Service and one of its ports."""
    return [
        Violation(work.reference, f"{variable['name']} is {variable['value']}, but no Service has that name and port")
        for work in workloads(objects)
        for container in work.containers
        for variable in container.get("env", ())
        for host, port in [in_cluster(str(variable.get("value", "")))]
        if host and not _has_port(named(objects, "Service", host), port)
    ]


def in_cluster(url: str) -> tuple[str, int]:
    """The Service and the port that an http URL of this cluster names; ("", 0) for any other text.

    The namespace may be a variable, as in http://backend.$(NAMESPACE).svc.cluster.local:8000.
    """
    found = _URL.fullmatch(url)
    return (found["service"], int(found["port"] or 80)) if found else ("", 0)


def _targets(service: Object) -> Iterator[int | str]:
    return (port.get("targetPort", port["port"]) for port in at(service, "spec", "ports", default=()))


def _ingress_backends(ingress: Object) -> Iterator[Object]:
    for rule in at(ingress, "spec", "rules", default=()):
        for path in at(rule, "http", "paths", default=()):
            yield path["backend"]["service"]
    if default := at(ingress, "spec", "defaultBackend", "service"):
        yield default


def _has_port(service: Object | None, wanted: int | str | None) -> bool:
    ports = at(service, "spec", "ports", default=())
    return wanted is not None and any(wanted in (port["port"], port.get("name")) for port in ports)
