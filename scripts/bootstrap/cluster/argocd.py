"""Argo CD: tells it of a push, and asks what it has made of it."""

import json
import urllib.request
from collections.abc import Sequence
from typing import Any

from bootstrap.cluster.fork import Fork
from bootstrap.cluster.programs import attempt, kubectl
from bootstrap.processes import CommandError

_SECONDS = 30


def announce(fork: Fork, branch: str, commit: str, files: Sequence[str]) -> None:
    """Sends what GitHub's webhook would. Without the names of the files, an Application that names its paths is not
    looked at. Raises CommandError when nobody takes it."""
    repository = {"html_url": f"{fork.place.git_url}/{fork.slug}", "default_branch": "main"}
    push = {"ref": f"refs/heads/{branch}", "after": commit, "repository": repository, "commits": [{"modified": files}]}
    headers = {"Content-Type": "application/json", "X-GitHub-Event": "push"}
    # The addresses are of this machine or of the cluster, where no proxy leads.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for address in fork.place.webhooks:
        try:
            opener.open(urllib.request.Request(address, json.dumps(push).encode(), headers), timeout=_SECONDS).close()
        except OSError as error:
            raise CommandError(f"Argo CD's webhook {address} does not take the push: {error}") from error


def application(name: str) -> dict[str, Any]:
    """The Application; empty when there is none."""
    done = attempt("kubectl", "--namespace", "argocd", "get", "application", name, "--output", "json")
    found: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
    return found


def sync(name: str) -> tuple[str, str, str]:
    """Its sync status, its health, and the commit that it was compared with; "" for what it does not say."""
    status = application(name).get("status", {})
    compared = status.get("sync", {})
    return compared.get("status", ""), status.get("health", {}).get("status", ""), compared.get("revision", "")


def trouble(name: str) -> str:
    """What it says is wrong; empty when nothing is."""
    status = application(name).get("status", {})
    said = [one.get("message", "") for one in status.get("conditions", ())]
    operation = status.get("operationState", {})
    if operation.get("phase") != "Succeeded":
        said.append(operation.get("message", ""))
    return " ".join(filter(None, said))


def delete(name: str) -> None:
    """Deletes the Application, and with it what it deployed."""
    kubectl("--namespace", "argocd", "delete", "application", name, "--ignore-not-found", "--timeout=3m")
