"""A kind cluster with a registry, a git server and Argo CD.

Sources: https://kind.sigs.k8s.io/docs/user/local-registry/ (kind 0.27 or newer looks into /etc/containerd/certs.d)
and https://argo-cd.readthedocs.io/en/stable/getting_started/
"""

import hashlib
import json
import urllib.request

from bootstrap.cluster.fork import CLONES
from bootstrap.cluster.place import Place
from bootstrap.cluster.programs import attempt, kubectl, output
from bootstrap.cluster.timeline import Timeline
from bootstrap.processes import ROOT, CommandError

NAME = "gutenberg"
REGISTRY, GIT = "gutenberg-registry", "gutenberg-git"
REGISTRY_PORT, ARGOCD_PORT, NODE_PORT = 5001, 8443, 30443
REPOSITORIES = CLONES.parent / "kind-git"
PLACE = Place(
    f"localhost:{REGISTRY_PORT}", REPOSITORIES, f"http://{GIT}", (f"http://localhost:{ARGOCD_PORT}/api/webhook",)
)

ARGOCD = "v3.5.7"
_MANIFEST = f"https://raw.githubusercontent.com/argoproj/argo-cd/{ARGOCD}/manifests/install.yaml"
_SHA256 = "09bfbb9041b4a8503c6e4fa22cf41c403fa62be17526de353648a4551f5beb77"
_LARGEST = 16 * 1024 * 1024

_CLUSTER = f"""\
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes:
  - role: control-plane
    extraPortMappings:
      - {{containerPort: {NODE_PORT}, hostPort: {ARGOCD_PORT}, listenAddress: 127.0.0.1}}
"""
# Argo CD on this machine's own port only, so without TLS, which nothing here could check.
_OPEN = {"data": {"server.insecure": "true"}}
_SERVICE = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "argocd-server-here", "namespace": "argocd"},
    "spec": {
        "type": "NodePort",
        "selector": {"app.kubernetes.io/name": "argocd-server"},
        "ports": [{"port": 80, "targetPort": 8080, "nodePort": NODE_PORT}],
    },
}


def start() -> Place:
    """Makes what is not there yet."""
    timeline = Timeline()
    _container(REGISTRY, "--publish", f"127.0.0.1:{REGISTRY_PORT}:5000", "--network", "bridge", "registry:3")
    timeline.mark("registry")
    if NAME not in _clusters():
        output("kind", "create", "cluster", "--name", NAME, "--config", "-", "--wait", "3m", feed=_CLUSTER)
    _select()
    timeline.mark("kind cluster")
    _let_nodes_find_the_registry()
    _git_server()
    timeline.mark("git server")
    _argocd()
    timeline.mark(f"Argo CD {ARGOCD}")
    return PLACE


def running() -> Place:
    """The cluster that is there. Raises CommandError when none is."""
    if NAME not in _clusters():
        raise CommandError("There is no cluster yet: make cluster")
    _select()
    return PLACE


def stop() -> None:
    output("kind", "delete", "cluster", "--name", NAME)
    attempt("docker", "rm", "--force", "--volumes", REGISTRY, GIT)


def _clusters() -> list[str]:
    return output("kind", "get", "clusters").split()


def _select() -> None:
    kubectl("config", "use-context", f"kind-{NAME}")


def _container(name: str, *options: str) -> None:
    """Runs a container of the name, unless it runs."""
    running = attempt("docker", "inspect", "--format", "{{.State.Running}}", name)
    if running.returncode != 0:
        output("docker", "run", "--detach", "--restart", "always", "--name", name, *options)
    elif running.stdout.strip() != "true":
        output("docker", "start", name)


def _let_nodes_find_the_registry() -> None:
    folder = f"/etc/containerd/certs.d/localhost:{REGISTRY_PORT}"
    for node in output("kind", "get", "nodes", "--name", NAME).split():
        output("docker", "exec", node, "mkdir", "-p", folder)
        hosts = f'[host."http://{REGISTRY}:5000"]\n'
        output("docker", "exec", "--interactive", node, "cp", "/dev/stdin", f"{folder}/hosts.toml", feed=hosts)
    attempt("docker", "network", "connect", "kind", REGISTRY)  # which fails when it is connected


def _git_server() -> None:
    """Pods find it by its name, since the cluster's DNS asks Docker's for what it does not know."""
    REPOSITORIES.mkdir(parents=True, exist_ok=True)
    folder = ROOT / "scripts/bootstrap/cluster/git"
    output("docker", "build", "--quiet", "--tag", GIT, folder)
    _container(GIT, "--network", "kind", "--volume", f"{REPOSITORIES}:/git:ro", GIT)


def _argocd() -> None:
    if attempt("kubectl", "get", "namespace", "argocd").returncode != 0:
        kubectl("create", "namespace", "argocd")
    # Its definitions are too large for the annotation of a client-side apply.
    kubectl("apply", "--namespace", "argocd", "--server-side", "--filename", "-", feed=_manifest())
    kubectl("--namespace", "argocd", "patch", "configmap", "argocd-cmd-params-cm", "--patch", json.dumps(_OPEN))
    kubectl("apply", "--filename", "-", feed=json.dumps(_SERVICE))
    kubectl("--namespace", "argocd", "rollout", "restart", "deployment/argocd-server")
    for one in ("deployment/server", "deployment/repo-server", "statefulset/application-controller"):
        kubectl("--namespace", "argocd", "rollout", "status", one.replace("/", "/argocd-"), "--timeout=5m")


def _manifest() -> str:
    """Argo CD's own, of one version. Raises CommandError when it cannot be had, or is another than it was."""
    try:
        with urllib.request.urlopen(_MANIFEST, timeout=60) as answer:
            text = answer.read(_LARGEST)
    except OSError as error:
        raise CommandError(f"{_MANIFEST} cannot be fetched: {error}") from error
    if hashlib.sha256(text).hexdigest() != _SHA256:
        raise CommandError(f"{_MANIFEST} is not the file that it was: its sha256 is not {_SHA256}.")
    return str(text.decode())
