"""What a cluster that kubectl reaches runs: for each Deployment its images, and why it is not well."""

import json
import shutil
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from gitops import processes
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
    """By namespace, one that is empty too. Those that are not there or may not be looked at are left out, and without a
    cluster all of them."""
    if not namespaces:
        return {}
    everything = _ask("namespaces,deployments,pods", "--all-namespaces")
    if everything is not None:
        there = {one["metadata"]["name"] for one in everything if one["kind"] == "Namespace"}
        return {name: dict(_deployments(everything, name)) for name in namespaces if name in there}
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(_ask_in, namespaces) if _reachable() else ()
        asked = list(zip(namespaces, answers, strict=False))
    return {name: dict(_deployments(answer, name)) for name, answer in asked if answer is not None}


def _reachable() -> bool:
    return kubectl("get", "--raw", "/version") is not None


def _ask_in(namespace: str) -> list[dict[str, Any]] | None:
    """Whoever may not see all namespaces is told nothing of one that is not there, but that it may not be looked at."""
    return _ask("deployments,pods", f"--namespace={namespace}")


def _ask(kinds: str, where: str) -> list[dict[str, Any]] | None:
    answer = kubectl("get", kinds, where, "--output=json")
    try:
        return [one for one in json.loads(answer)["items"] if isinstance(one, dict)] if answer else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def kubectl(*words: str) -> str | None:
    """What it prints. None when it fails, takes too long, or is not there."""
    if shutil.which("kubectl") is None:
        return None
    try:
        done = processes.run(["kubectl", f"--request-timeout={_SECONDS}s", *words], seconds=2 * _SECONDS)
    except TooMuch:
        return None
    return done.stdout if done.returncode == 0 else None


def _deployments(objects: Iterable[dict[str, Any]], namespace: str) -> Iterator[tuple[str, Deployment]]:
    ours = [one for one in objects if one["metadata"].get("namespace") == namespace]
    pods = [one for one in ours if one["kind"] == "Pod"]
    for one in ours:
        if one["kind"] == "Deployment":
            yield one["metadata"]["name"], _deployment(one, pods)


def _deployment(one: dict[str, Any], pods: Iterable[dict[str, Any]]) -> Deployment:
    containers = one["spec"]["template"]["spec"]["containers"]
    selected = one["spec"].get("selector", {}).get("matchLabels") or {}
    own = [pod for pod in pods if selected.items() <= (pod["metadata"].get("labels") or {}).items()]
    status, wanted = one.get("status", {}), one["spec"].get("replicas", 1)
    ready, new = status.get("readyReplicas", 0), status.get("updatedReplicas", 0)
    reasons = [*_stuck(status), *dict.fromkeys(reason for pod in own for reason in _waiting(pod))]
    if wanted == 0:
        reasons.append("it is scaled to 0")
    elif ready < wanted:
        reasons.append(f"{ready} of {wanted} pods are ready")
    elif new < wanted:
        reasons.append(f"{new} of {wanted} pods are new")
    images = {container["name"]: container["image"] for container in containers}
    return Deployment(images, ready, wanted, ", ".join(reasons))


def _stuck(status: dict[str, Any]) -> Iterator[str]:
    for condition in status.get("conditions", ()):
        if _STUCK.get(condition["type"]) == condition["status"]:
            yield str(condition.get("reason", condition["type"]))


def _waiting(pod: dict[str, Any]) -> Iterator[str]:
    for container in pod.get("status", {}).get("containerStatuses", ()):
        reason = container.get("state", {}).get("waiting", {}).get("reason", "ContainerCreating")
        if reason not in _STARTING:
            yield str(reason)
