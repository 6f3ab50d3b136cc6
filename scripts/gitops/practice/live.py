"""Checks through kubectl, which only reads, that a cluster runs what is in git and that users get answers."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from gitops import cluster
from gitops.json_values import JsonObject, Misshapen, mappings, parse, whole
from gitops.manifests.objects import Object, Objects, at, name, of_kind, reference, workloads
from gitops.manifests.quantity import quantity
from gitops.practice.check import Failure
from gitops.text import Text

STEADY_SECONDS = 20
SEARCHES = 10
_PATIENCE = 6
"""Seconds for an answer. kubectl asks again and again where the page says that the search is not there."""
_PAGE = "/api/v1/namespaces/{namespace}/services/frontend:http/proxy/api/search?q=whale"
# All that a read-only user may see, except Secrets.
_KINDS = {
    "Deployment": "deployments.apps",
    "Pod": "pods",
    "Service": "services",
    "EndpointSlice": "endpointslices.discovery.k8s.io",
    "NetworkPolicy": "networkpolicies.networking.k8s.io",
    "PodDisruptionBudget": "poddisruptionbudgets.policy",
    "ResourceQuota": "resourcequotas",
    "LimitRange": "limitranges",
}

FOLLOWS = Failure(
    "the-cluster-has-the-change",
    Text(
        "The cluster does not have this change yet: Argo CD takes two to three minutes after a push, "
        "and without Argo CD it is applied by hand.",
        "この変更は、まだクラスターにありません。Argo CD は push から 2〜3 分かかります。"
        "Argo CD がなければ、自分で適用してください。",
    ),
)
_WELL = Text("A rollout has not finished.", "ロールアウトが終わっていません。")
_PODS = Text("A Service has no pod behind it.", "Service の先に Pod がありません。")
_ANSWERS = Text(
    "Searching through the page does not always answer.", "ページからの検索に、いつも答えが返るわけではありません。"
)
_STEADY = Text("Containers restarted during the check.", "確かめている間にコンテナーが再起動しました。")
UNSEEN = Failure(
    "the-fault-was-seen",
    Text(
        "The fault was never seen in this cluster: bring it there first, and check --live while it is there.",
        "このクラスターで障害を見ていません。まず障害を起こし、その間に check --live で確かめてください。",
    ),
)


@dataclass(frozen=True, slots=True)
class Look:
    """The objects in a namespace, and how many searches in a row were answered."""

    objects: Sequence[JsonObject]
    answered: int

    @property
    def restarts(self) -> int:
        pods = of_kind(self.objects, "Pod")
        statuses = (status for pod in pods for status in at(pod, "status", "containerStatuses") or ())
        return sum(status.get("restartCount", 0) for status in statuses)


@dataclass(frozen=True, slots=True)
class Observation:
    """What is wrong. `shows_fault`: whether the fault that is in git has reached this cluster, or, where the cluster
    accepted only part of the change, whether users get no answers."""

    failures: tuple[Failure, ...]
    shows_fault: bool


def look(namespace: str) -> Look | None:
    """What kubectl shows now; None without a cluster, or without the right to look."""
    kinds = ",".join(_KINDS.values())
    answer = cluster.kubectl("get", kinds, f"--namespace={namespace}", "--output=json")
    try:
        objects = mappings(parse(answer or ""), "items")
    except Misshapen:
        return None
    return Look(objects, _answered(_PAGE.format(namespace=namespace)))


def observe(namespace: str, rendered: Objects, *, steady: bool) -> Observation | None:
    """What is wrong now, or, if nothing is, after STEADY_SECONDS. None without a cluster."""
    first = look(namespace)
    if first is None:
        return None
    failures = tuple(problems(rendered, first))
    if failures or not steady:
        return Observation(failures, FOLLOWS not in failures or first.answered < SEARCHES)
    time.sleep(STEADY_SECONDS)
    second = look(namespace)
    if second is None:
        return None
    restarted = [Failure("pods-stay-up", _STEADY)] if second.restarts > first.restarts else []
    return Observation((*problems(rendered, second), *restarted), shows_fault=True)


def has_the_change(rendered: Objects, seen: Look) -> bool:
    """Whether the cluster's objects have every value that is in git; the cluster may add others."""
    there = {reference(item): item for item in seen.objects}
    return all(
        _contains(there.get(reference(item), {}).get("spec"), item.get("spec"))
        for item in rendered
        if item.get("kind") in _KINDS
    )


def problems(rendered: Objects, seen: Look) -> Iterator[Failure]:
    """What is wrong in the cluster; a pure function of the rendered manifests and of what was seen."""
    if not has_the_change(rendered, seen):
        yield FOLLOWS
        return
    unfinished = [
        work.reference for work in workloads(list(of_kind(seen.objects, "Deployment"))) if not _is_done(work.object)
    ]
    if unfinished:
        yield Failure("rollouts-are-done", _WELL, tuple(unfinished))
    services = of_kind(rendered, "Service")
    lonely = [reference(service) for service in services if not _has_pods(name(service), seen.objects)]
    if lonely:
        yield Failure("services-have-pods", _PODS, tuple(lonely))
    if seen.answered < SEARCHES:
        yield Failure("the-page-answers", _ANSWERS, (f"{seen.answered}/{SEARCHES}",))


def _answered(page: str) -> int:
    """How many searches in a row are answered, up to SEARCHES."""
    answers = (_has_hits(cluster.kubectl("get", "--raw", page, seconds=_PATIENCE)) for _ in range(SEARCHES))
    return sum(takewhile(bool, answers))


def _has_hits(answer: str | None) -> bool:
    try:
        return whole(parse(answer or ""), "hits", default=0) > 0
    except Misshapen:
        return False


def _is_done(deployment: Object) -> bool:
    """Whether all replicas are of the newest generation and available."""
    status, wanted = deployment.get("status") or {}, at(deployment, "spec", "replicas", default=1)
    newest = status.get("observedGeneration", 0) >= at(deployment, "metadata", "generation", default=0)
    counts = [status.get(key, 0) for key in ("updatedReplicas", "availableReplicas", "replicas")]
    return bool(newest) and counts == [wanted] * len(counts)


def _has_pods(service: str, objects: Objects) -> bool:
    return any(
        at(endpoint, "conditions", "ready") is not False
        for endpoint_slice in of_kind(objects, "EndpointSlice")
        if at(endpoint_slice, "metadata", "labels", "kubernetes.io/service-name") == service
        for endpoint in endpoint_slice.get("endpoints") or ()
    )


def _contains(there: Any, wanted: Any) -> bool:
    """Whether a value of the cluster has all of one from git: the API server fills in what git leaves open."""
    if there == wanted or wanted in (None, {}, []):
        return True
    if isinstance(wanted, dict):
        return isinstance(there, dict) and all(_contains(there.get(key), value) for key, value in wanted.items())
    if isinstance(wanted, list):
        several = isinstance(there, list) and len(there) == len(wanted)
        return several and all(map(_contains, there, wanted))
    return _is_same_amount(there, wanted)


def _is_same_amount(there: Any, wanted: Any) -> bool:
    try:
        return quantity(there) == quantity(wanted)
    except ValueError:
        return False
