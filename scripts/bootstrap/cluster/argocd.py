"""Argo CD: installs it, tells it of a push, and asks what it has made of the push.

Source: https://argo-cd.readthedocs.io/en/stable/getting_started/
"""

import hashlib
import json
import urllib.request
from collections.abc import Sequence
from typing import Any

from bootstrap.cluster.fork import Fork
from bootstrap.cluster.programs import attempt, kubectl
from bootstrap.processes import CommandError

VERSION = "v3.5.7"
_MANIFEST = f"https://raw.githubusercontent.com/argoproj/argo-cd/{VERSION}/manifests/install.yaml"
_SHA256 = "09bfbb9041b4a8503c6e4fa22cf41c403fa62be17526de353648a4551f5beb77"
_LARGEST_MANIFEST = 16 * 1024 * 1024
_SECONDS = 30
_CONTROLLER = "statefulset/argocd-application-controller"

# Argo CD on this machine's own port only, so without TLS, which nothing here could check.
_WITHOUT_TLS = {"data": {"server.insecure": "true"}}


def install(node_port: int) -> None:
    """Installs Argo CD, or brings what is installed to VERSION; its page and webhooks are at `node_port` of every
    node."""
    if attempt("kubectl", "get", "namespace", "argocd").returncode != 0:
        kubectl("create", "namespace", "argocd")
    # Its definitions are too large for the annotation of a client-side apply.
    kubectl("apply", "--namespace", "argocd", "--server-side", "--filename", "-", feed=_manifest())
    kubectl("--namespace", "argocd", "patch", "configmap", "argocd-cmd-params-cm", "--patch", json.dumps(_WITHOUT_TLS))
    kubectl("apply", "--filename", "-", feed=json.dumps(_service(node_port)))
    kubectl("--namespace", "argocd", "rollout", "restart", "deployment/argocd-server")
    for workload in ("deployment/argocd-server", "deployment/argocd-repo-server", _CONTROLLER):
        kubectl("--namespace", "argocd", "rollout", "status", workload, "--timeout=5m")


def announce(fork: Fork, branch: str, commit: str, files: Sequence[str]) -> None:
    """Sends what GitHub's webhook would, with the names of the files: an Application that names its paths ignores a
    push without them. Raises CommandError when Argo CD does not accept it."""
    repository = {"html_url": f"{fork.endpoints.git_url}/{fork.slug}", "default_branch": "main"}
    push = {"ref": f"refs/heads/{branch}", "after": commit, "repository": repository, "commits": [{"modified": files}]}
    headers = {"Content-Type": "application/json", "X-GitHub-Event": "push"}
    # The addresses are of this machine or of the cluster, where no proxy leads.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for address in fork.endpoints.webhooks:
        try:
            opener.open(urllib.request.Request(address, json.dumps(push).encode(), headers), timeout=_SECONDS).close()
        except OSError as error:
            raise CommandError(f"Argo CD's webhook {address} does not take the push: {error}") from error


def application(name: str) -> dict[str, Any]:
    """The Application; empty when there is none."""
    done = attempt("kubectl", "--namespace", "argocd", "get", "application", name, "--output", "json")
    application: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
    return application


def sync(name: str) -> tuple[str, str, str]:
    """The Application's sync status, its health, and the commit that it was compared with; "" for what it does not
    say."""
    status = application(name).get("status", {})
    compared = status.get("sync", {})
    return compared.get("status", ""), status.get("health", {}).get("status", ""), compared.get("revision", "")


def trouble(name: str) -> str:
    """What Argo CD reports as wrong with the Application; empty when nothing is."""
    status = application(name).get("status", {})
    said = [condition.get("message", "") for condition in status.get("conditions", ())]
    operation = status.get("operationState", {})
    if operation.get("phase") != "Succeeded":
        said.append(operation.get("message", ""))
    return " ".join(filter(None, said))


def delete(name: str) -> None:
    """Deletes the Application, and with it what it deployed."""
    kubectl("--namespace", "argocd", "delete", "application", name, "--ignore-not-found", "--timeout=3m")


def _service(node_port: int) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "argocd-server-here", "namespace": "argocd"},
        "spec": {
            "type": "NodePort",
            "selector": {"app.kubernetes.io/name": "argocd-server"},
            "ports": [{"port": 80, "targetPort": 8080, "nodePort": node_port}],
        },
    }


def _manifest() -> str:
    """Argo CD's manifest of one version. Raises CommandError when it cannot be fetched, or is not the file that it
    was."""
    try:
        with urllib.request.urlopen(_MANIFEST, timeout=60) as answer:
            text = answer.read(_LARGEST_MANIFEST)
    except OSError as error:
        raise CommandError(f"{_MANIFEST} cannot be fetched: {error}") from error
    if hashlib.sha256(text).hexdigest() != _SHA256:
        raise CommandError(f"{_MANIFEST} is not the file that it was: its sha256 is not {_SHA256}.")
    return str(text.decode())
