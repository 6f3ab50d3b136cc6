"""What the cluster that kubectl reaches runs: for each Deployment its images, and what is wrong with it."""

import shutil
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from gitops import processes
from gitops.json_values import JsonObject, Misshapen, mapping, mappings, parse, required, text, whole
from gitops.processes import TooMuch

_SECONDS = 10
_STUCK = {"Progressing": "False", "ReplicaFailure": "True"}
_STARTING = {"ContainerCreating", "PodInitializing"}


@dataclass(frozen=True)
class Deployment:
    """`images` by container; `ready` of `wanted` pods; `trouble` is empty when all is well."""

    images: dict[str, str]
    ready: int
    wanted: int
    trouble: str


Namespace = dict[str, Deployment]
"""The Deployments of a namespace, by name."""


def look(namespaces: Collection[str]) -> dict[str, Namespace]:
    """The Deployments of each namespace, by name; of an empty namespace too. Namespaces that are not there, or may not
    be looked at, are left out; all of them are without a cluster, or with one whose answers are not Kubernetes'."""
    try:
        return _look(namespaces) if namespaces else {}
    except Misshapen:
        return {}


def _look(namespaces: Collection[str]) -> dict[str, Namespace]:
    everything = _ask("namespaces,deployments,pods", "--all-namespaces")
    if everything is not None:
        there = {required(one, "metadata", "name") for one in everything if one.get("kind") == "Namespace"}
        return {name: dict(_deployments(everything, name)) for name in namespaces if name in there}
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(_ask_in, namespaces) if _reachable() else ()
        asked = list(zip(namespaces, answers, strict=False))
    return {name: dict(_deployments(answer, name)) for name, answer in asked if answer is not None}


def _reachable() -> bool:
    return kubectl("get", "--raw", "/version") is not None


def _ask_in(namespace: str) -> list[JsonObject] | None:
    """The objects of one namespace, for users who may not list all namespaces: for them, a missing namespace is
    forbidden too."""
    return _ask("deployments,pods", f"--namespace={namespace}")


def _ask(kinds: str, where: str) -> list[JsonObject] | None:
    answer = kubectl("get", kinds, where, "--output=json")
    return None if answer is None else mappings(parse(answer), "items")


def kubectl(*words: str, seconds: float = 2 * _SECONDS) -> str | None:
    """The output of kubectl. None when it fails, takes too long, or is not installed."""
    if shutil.which("kubectl") is None:
        return None
    try:
        done = processes.run(["kubectl", f"--request-timeout={_SECONDS}s", *words], seconds=seconds)
    except TooMuch:
        return None
    return done.stdout if done.returncode == 0 else None


def _deployments(objects: Iterable[JsonObject], namespace: str) -> Iterator[tuple[str, Deployment]]:
    ours = [manifest for manifest in objects if text(manifest, "metadata", "namespace") == namespace]
    pods = [resource for resource in ours if resource.get("kind") == "Pod"]
    for resource in ours:
        if resource.get("kind") == "Deployment":
            yield required(resource, "metadata", "name"), _deployment(resource, pods)


def _deployment(deployment: JsonObject, pods: Iterable[JsonObject]) -> Deployment:
    selected = mapping(deployment, "spec", "selector", "matchLabels")
    own = [pod for pod in pods if selected.items() <= mapping(pod, "metadata", "labels").items()]
    wanted, status = whole(deployment, "spec", "replicas", default=1), mapping(deployment, "status")
    ready, new = whole(status, "readyReplicas", default=0), whole(status, "updatedReplicas", default=0)
    reasons = [*_stuck(status), *dict.fromkeys(reason for pod in own for reason in _waiting(pod))]
    if wanted == 0:
        reasons.append("it is scaled to 0")
    elif ready < wanted:
        reasons.append(f"{ready} of {wanted} pods are ready")
    elif new < wanted:
        reasons.append(f"{new} of {wanted} pods are new")
    containers = mappings(deployment, "spec", "template", "spec", "containers")
    images = {required(container, "name"): required(container, "image") for container in containers}
    return Deployment(images, ready, wanted, ", ".join(reasons))


def _stuck(status: JsonObject) -> Iterator[str]:
    for condition in mappings(status, "conditions"):
        kind = required(condition, "type")
        if _STUCK.get(kind) == text(condition, "status"):
            yield text(condition, "reason") or kind


def _waiting(pod: JsonObject) -> Iterator[str]:
    for container in mappings(pod, "status", "containerStatuses"):
        reason = text(container, "state", "waiting", "reason")
        if reason is not None and reason not in _STARTING:
            yield reason
