"""What the kubelet asks of a container."""

import re
from collections.abc import Collection, Mapping

from gitops.manifests.objects import Object, Objects, at, serving, short_name, whole, workloads
from gitops.manifests.violation import Rule, Violation

PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
# Seconds that a process may take to start before the liveness probe alone would kill it.
_START = 30


def containers_have_all_probes(objects: Objects) -> list[Violation]:
    """Those that a Service leads to, and that listen. A patient liveness probe needs no startupProbe before it."""
    return [
        Violation(work.reference, f"container {one['name']} has no {probe}", work.of(one))
        for work in serving(objects)
        for one in at(work.pod, "containers", default=())
        if one.get("ports")
        for probe in PROBES
        if probe not in one and not (probe == "startupProbe" and _patience(one.get("livenessProbe")) >= _START)
    ]


def liveness_is_not_readiness(objects: Objects) -> list[Violation]:
    """Asked the same, a pod that only cannot serve now is restarted, and one that drains is killed."""
    return [
        Violation(
            work.reference,
            f"container {one['name']} has one path, {live}, for liveness and readiness",
            work.of(one, "readinessProbe", "httpGet", "path"),
        )
        for work in workloads(objects)
        for one in work.containers
        for live in [at(one, "livenessProbe", "httpGet", "path")]
        if live is not None and live == at(one, "readinessProbe", "httpGet", "path")
    ]


def probes_ask_routes_of(routes: Mapping[str, Collection[str]]) -> Rule:
    """The rule that each probe's path is a route, by the last part of the image's name; others are not looked at.

    A route may have parameters, as FastAPI writes them: /books/{book}, /static/{path:path}.
    """

    def probes_ask_routes(objects: Objects) -> list[Violation]:
        return [
            Violation(
                work.reference,
                f"its {probe} asks {path}, which the application does not serve",
                work.of(container, probe, "httpGet", "path"),
            )
            for work in workloads(objects)
            for container in work.containers
            if (served := routes.get(short_name(container.get("image", "")))) is not None
            for probe in PROBES
            for path in [at(container, probe, "httpGet", "path")]
            if path is not None and not any(_is_route(path, route) for route in served)
        ]

    return probes_ask_routes


def _is_route(path: str, route: str) -> bool:
    parts = re.split(r"\{\w+(:path)?\}", route)
    pattern = "".join(
        re.escape(part) if index % 2 == 0 else ".*" if part else "[^/]+" for index, part in enumerate(parts)
    )
    return re.fullmatch(pattern, path.partition("?")[0]) is not None


def _patience(probe: Object | None) -> int:
    """Seconds until it fails for good. Source: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"""
    first, period, failures = (
        whole(probe, key, default=usual)
        for key, usual in (("initialDelaySeconds", 0), ("periodSeconds", 10), ("failureThreshold", 3))
    )
    return first + period * failures if probe else 0
