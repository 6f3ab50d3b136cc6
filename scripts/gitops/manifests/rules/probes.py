"""What the kubelet asks of a container."""

import re

from gitops.manifests.objects import Object, Objects, at, serving, whole, workloads
from gitops.manifests.program import Programs, running
from gitops.manifests.rule import program_rule, rule
from gitops.manifests.violation import Violation
from gitops.text import Text

PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
# Seconds that a process may take to start before the liveness probe alone would kill it.
_START = 30


@rule(
    "error",
    why=Text(
        "Without readiness, requests come before the process can answer; without liveness, a dead one stays.",
        "readinessProbe がないと準備中からリクエストが届き、livenessProbe がないと止まったプロセスが残ります。",
    ),
    fix=Text(
        "Add startupProbe, livenessProbe and readinessProbe.",
        "startupProbe、livenessProbe、readinessProbe を書きます。",
    ),
)
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


@rule(
    "warning",
    why=Text(
        "A pod that only cannot serve now is restarted, and one that drains is killed.",
        "今だけ応じられない Pod が再起動され、終了の準備をしている Pod が強制終了されます。",
    ),
    fix=Text(
        "Ask /healthz for life and /readyz for readiness.",
        "livenessProbe は /healthz、readinessProbe は /readyz に尋ねます。",
    ),
)
def liveness_is_not_readiness(objects: Objects) -> list[Violation]:
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


@program_rule(
    "error",
    why=Text(
        "The probe gets 404 for ever: the pod never becomes ready, or is killed again and again.",
        "プローブには 404 しか返りません。Pod がいつまでも準備完了にならないか、何度も再起動されます。",
    ),
    fix=Text(
        "Ask a path that the application serves: /healthz for life, /readyz for readiness.",
        "アプリケーションの答えるパスに尋ねます。livenessProbe は /healthz、readinessProbe は /readyz です。",
    ),
)
def probes_ask_routes_that_exist(objects: Objects, programs: Programs) -> list[Violation]:
    return [
        Violation(
            work.reference,
            f"its {probe} asks {path}, which the application does not serve",
            work.of(container, probe, "httpGet", "path"),
        )
        for work, container, program in running(objects, programs)
        for probe in PROBES
        for path in [at(container, probe, "httpGet", "path")]
        if path is not None and program.routes and not any(_is_route(path, route) for route in program.routes)
    ]


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
