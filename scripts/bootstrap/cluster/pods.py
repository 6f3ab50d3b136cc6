"""The pods of a namespace, as values."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bootstrap.cluster.programs import attempt, kubectl


@dataclass(frozen=True)
class Pod:
    """`commit` is what the tag of its image names; `state` is Ready, Ending, or why it is not ready."""

    name: str
    component: str
    commit: str
    state: str


def pods(namespace: str) -> list[Pod]:
    """The pods of both components, in the order of their names."""
    listed = json.loads(kubectl("--namespace", namespace, "get", "pods", "--output", "json"))["items"]
    ours = (_pod(pod) for pod in listed if pod["spec"]["containers"][0]["name"] in ("backend", "frontend"))
    return sorted(ours, key=lambda pod: pod.name)


def current(running: Iterable[Pod], component: str, commit: str) -> bool:
    """Whether all pods of a component are of the commit, and ready."""
    ours = [pod for pod in running if pod.component == component]
    return bool(ours) and all((pod.commit, pod.state) == (commit, "Ready") for pod in ours)


def page_commit(namespace: str) -> str:
    """The commit that the page's API names now, asked through the API server; empty when it does not answer."""
    path = f"/api/v1/namespaces/{namespace}/services/frontend:http/proxy/api/"
    done = attempt("kubectl", "--request-timeout=5s", "get", "--raw", path)
    try:
        return str(json.loads(done.stdout)["commit"])
    except (ValueError, KeyError):
        return ""


def _pod(pod: dict[str, Any]) -> Pod:
    container = pod["spec"]["containers"][0]
    commit = container["image"].partition("sha-")[2].partition("@")[0]
    return Pod(pod["metadata"]["name"], container["name"], commit, _state(pod))


def _state(pod: dict[str, Any]) -> str:
    if "deletionTimestamp" in pod["metadata"]:
        return "Ending"
    conditions = {condition["type"]: condition["status"] for condition in pod["status"].get("conditions", ())}
    if conditions.get("Ready") == "True":
        return "Ready"
    states = [status["state"] for status in pod["status"].get("containerStatuses", ())]
    waiting = next((state["waiting"].get("reason") for state in states if "waiting" in state), None)
    return waiting or str(pod["status"].get("phase", "Pending"))
