"""What the kubelet asks of a container."""

from collections.abc import Collection, Mapping

from gitops.manifests.objects import Objects, at, workloads
from gitops.manifests.violation import Rule, Violation

PROBES = ("startupProbe", "livenessProbe", "readinessProbe")


def containers_have_all_probes(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, f"container {one['name']} has no {probe}")
        for work in workloads(objects)
        for one in at(work.pod, "containers", default=())
        for probe in PROBES
        if probe not in one
    ]


def liveness_is_not_readiness(objects: Objects) -> list[Violation]:
    """Asked the same, a pod that only cannot serve now is restarted, and one that drains is killed."""
    return [
        Violation(work.reference, f"container {one['name']} has one path, {live}, for liveness and readiness")
        for work in workloads(objects)
        for one in work.containers
        for live in [at(one, "livenessProbe", "httpGet", "path")]
        if live is not None and live == at(one, "readinessProbe", "httpGet", "path")
    ]


def probes_ask_routes_of(routes: Mapping[str, Collection[str]]) -> Rule:
    """The rule that each probe's path is a route, by the name of the Deployment; others are not looked at."""

    def probes_ask_routes(objects: Objects) -> list[Violation]:
        return [
            Violation(work.reference, f"its {probe} asks {path}, which the application does not serve")
            for work in workloads(objects)
            if work.name in routes
            for container in work.containers
            for probe in PROBES
            for path in [at(container, probe, "httpGet", "path")]
            if path is not None and path not in routes[work.name]
        ]

    return probes_ask_routes
