"""What the kubelet asks of a container."""

import re
from collections.abc import Iterator
from decimal import Decimal

from gitops.manifests.objects import Object, Objects, at, serving, whole, workloads
from gitops.manifests.program import Program, Programs, running
from gitops.manifests.rule import program_rule, rule
from gitops.manifests.violation import Violation
from gitops.text import Text

PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
_ASKING = ("livenessProbe", "readinessProbe")
_MEANT = {"livenessProbe": "/healthz", "readinessProbe": "/readyz"}
# Seconds for which a process that is well may not answer: others have the processor, or the memory is full.
_PAUSE = 10
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
        if path is not None and program.routes and not _is_served(path, program)
    ]


@program_rule(
    "error",
    why=Text(
        "A port is open before the process can answer, and stays open when it no longer can: visitors get errors.",
        "ポートは、プロセスが答えられるより前から、答えられなくなった後まで開いています。利用者にはエラーが返ります。",
    ),
    fix=Text(
        "Let httpGet ask /healthz for life and /readyz for readiness.",
        "httpGet で尋ねます。livenessProbe は /healthz、readinessProbe は /readyz です。",
    ),
)
def probes_ask_over_http(objects: Objects, programs: Programs) -> list[Violation]:
    """Those of programs that serve HTTP, with httpGet or a command that names it."""
    return [
        Violation(
            work.reference, f"its {probe} does not ask the program over HTTP, whose port may be open for nothing", path
        )
        for work, container, program in running(objects, programs)
        if program.routes
        for probe in _ASKING
        for path in [work.of(container, probe)]
        if (asked := container.get(probe)) and not _is_over_http(asked)
    ]


@program_rule(
    "error",
    why=Text(
        "Pods that are only busy are restarted, or pods that are about to end still get requests: visitors get errors.",
        "忙しいだけの Pod が再起動されるか、終わりかけの Pod にリクエストが届き続け、利用者にはエラーが返ります。",
    ),
    fix=Text(
        "Ask /healthz for life, which needs the process alone, and /readyz for readiness, which fails while it ends.",
        "livenessProbe は、プロセスさえ動いていれば答える /healthz に、"
        "readinessProbe は、終了の準備中に失敗する /readyz に尋ねます。",
    ),
)
def probes_ask_what_they_mean(objects: Objects, programs: Programs) -> list[Violation]:
    """Of a program that has a path for life, or one for readiness."""
    return [
        Violation(work.reference, f"its {probe} asks {path}, not {meant}", work.of(container, probe, "httpGet", "path"))
        for work, container, program in running(objects, programs)
        for probe, meant in _MEANT.items()
        for path in [at(container, probe, "httpGet", "path")]
        if path is not None and meant in program.routes and _is_served(path, program)
        if path.partition("?")[0] != meant
    ]


@program_rule(
    "error",
    why=Text(
        "Pods that are only slow for a moment are killed: under load they restart one after the other.",
        "一時的に遅いだけの Pod が強制終了され、負荷がかかると次々に再起動します。",
    ),
    fix=Text(
        "Give the probe more time: a timeoutSeconds that the slowest answer does not take, and a periodSeconds and "
        "failureThreshold that together make up for a bad moment.",
        "プローブに余裕を持たせます。timeoutSeconds は最も遅い答えより長く、"
        "periodSeconds × failureThreshold は一時的な遅れを越えられる長さにします。",
    ),
)
def probes_are_patient(objects: Objects, programs: Programs) -> list[Violation]:
    """Those that kill: liveness, and start-up."""
    return [
        Violation(work.reference, what, work.of(container, probe, key))
        for work, container, program in running(objects, programs)
        if program.slowest
        for probe, what, key in _impatient(container, program.slowest)
    ]


def _impatient(container: Object, slowest: Decimal) -> Iterator[tuple[str, str, str]]:
    """Probe, what is wrong with it, and its key that says so."""
    for probe, least in (("livenessProbe", _PAUSE), ("startupProbe", _START)):
        if probe in container and (seconds := _patience(container[probe])) < least:
            yield probe, f"its {probe} kills after {seconds} s, when it may yet answer", "failureThreshold"
    waited = whole(container, "livenessProbe", "timeoutSeconds", default=1)
    if "livenessProbe" in container and waited < slowest:
        what = f"its livenessProbe waits {waited} s for an answer, and some take {slowest} s"
        yield "livenessProbe", what, "timeoutSeconds"


def _is_over_http(probe: Object) -> bool:
    command = " ".join(map(str, at(probe, "exec", "command", default=())))
    return "httpGet" in probe or "http" in command.lower()


def _is_served(path: str, program: Program) -> bool:
    return any(_is_route(path, route) for route in program.routes)


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
