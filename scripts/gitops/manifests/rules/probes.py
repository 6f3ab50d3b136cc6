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
_PAUSE, _FAILURES = 10, 2
# Seconds after which a pod that does not answer is gone at the latest.
_LONGEST = 300
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
    """Looks at containers that listen, in pods that a Service leads to. A patient liveness probe needs no startupProbe
    before it."""
    return [
        Violation(work.reference, f"container {own['name']} has no {probe}", work.of(own))
        for work in serving(objects)
        for own in at(work.pod, "containers", default=())
        if own.get("ports")
        for probe in PROBES
        if probe not in own and not (probe == "startupProbe" and _patience(own.get("livenessProbe")) >= _START)
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
            f"container {container['name']} has one path, {live}, for liveness and readiness",
            work.of(container, "readinessProbe", "httpGet", "path"),
        )
        for work in workloads(objects)
        for container in work.containers
        for live in [at(container, "livenessProbe", "httpGet", "path")]
        if live is not None and live == at(container, "readinessProbe", "httpGet", "path")
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
        for path in _paths(container, probe)
        if program.routes and not _is_served(path, program)
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
    """Looks at the probes of programs that serve HTTP: they use httpGet, or a command that names it."""
    return [
        Violation(work.reference, f"its {probe} {what}", work.of(container, probe))
        for work, container, program in running(objects, programs)
        if program.routes
        for probe in _ASKING
        if (asked := container.get(probe)) and (what := _not_over_http(asked))
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
    """Looks at the probes of programs that have a path for liveness, or one for readiness."""
    return [
        Violation(work.reference, f"its {probe} asks {path}, not {meant}", work.of(container, probe, "httpGet", "path"))
        for work, container, program in running(objects, programs)
        for probe, meant in _MEANT.items()
        for path in _paths(container, probe)
        if meant in program.routes and _is_served(path, program) and path.partition("?")[0] != meant
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
    """Looks at the probes that kill: liveness and start-up."""
    return [
        Violation(work.reference, f"its {probe} {what}", work.of(container, probe, key))
        for work, container, program in running(objects, programs)
        if program.slowest
        for probe, find in (("startupProbe", _impatient_start), ("livenessProbe", _impatient_life))
        if probe in container
        for what, key in find(container[probe], program.slowest)
    ]


@program_rule(
    "error",
    why=Text(
        "A pod that no longer answers stays for many minutes, and visitors get its errors all the while.",
        "答えなくなった Pod が何分も残り、その間、利用者にはエラーが返り続けます。",
    ),
    fix=Text(
        "Lower periodSeconds and failureThreshold, so that together they are a few minutes at most.",
        "periodSeconds と failureThreshold を減らし、掛けて長くても数分になるようにします。",
    ),
)
def probes_come_to_an_end(objects: Objects, programs: Programs) -> list[Violation]:
    return [
        Violation(work.reference, f"its {probe} fails only after {seconds} s", work.of(container, probe))
        for work, container, _ in running(objects, programs)
        for probe in PROBES
        if probe in container and (seconds := _patience(container[probe])) > _LONGEST
    ]


def _impatient_start(probe: Object, _slowest: Decimal) -> Iterator[tuple[str, str]]:
    if (seconds := _patience(probe)) < _START:
        yield f"kills after {seconds} s, when the process may be starting yet", "failureThreshold"


def _impatient_life(probe: Object, slowest: Decimal) -> Iterator[tuple[str, str]]:
    if (seconds := _patience(probe, at_work=True)) < _PAUSE:
        yield f"kills after {seconds} s, when the process may be busy", "failureThreshold"
    elif whole(probe, "failureThreshold", default=3) < _FAILURES:
        yield "kills after one answer that is missing", "failureThreshold"
    if (waited := whole(probe, "timeoutSeconds", default=1)) < slowest:
        yield f"waits {waited} s for an answer, and some take {slowest} s", "timeoutSeconds"


def _not_over_http(probe: Object) -> str:
    command = " ".join(map(str, at(probe, "exec", "command", default=())))
    if "httpGet" not in probe:
        return "" if "http" in command.lower() else "does not ask over HTTP, and an open port is no answer"
    if at(probe, "httpGet", "scheme", default="HTTP") != "HTTP":
        return "asks over HTTPS, which the program does not speak"
    return "asks another host than its pod" if at(probe, "httpGet", "host") else ""


def _paths(container: Object, probe: str) -> list[str]:
    """The path that the probe asks over HTTP, the root by default; none for a probe of another kind."""
    asked = at(container, probe, "httpGet")
    return [] if asked is None else [str(at(asked, "path", default="/"))]


def _is_served(path: str, program: Program) -> bool:
    return any(_is_route(path, route) for route in program.routes)


def _is_route(path: str, route: str) -> bool:
    parts = re.split(r"\{\w+(:path)?\}", route)
    pattern = "".join(
        re.escape(part) if index % 2 == 0 else ".*" if part else "[^/]+" for index, part in enumerate(parts)
    )
    return re.fullmatch(pattern, path.partition("?")[0]) is not None


def _patience(probe: Object | None, *, at_work: bool = False) -> int:
    """Seconds until the probe fails for good, from the start or `at_work`. Source:
    https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"""
    first, period, failures = (
        whole(probe, key, default=usual)
        for key, usual in (("initialDelaySeconds", 0), ("periodSeconds", 10), ("failureThreshold", 3))
    )
    return (0 if at_work else first) + period * failures if probe else 0
