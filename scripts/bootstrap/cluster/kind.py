"""A kind cluster with a registry, a git server and Argo CD.

Source: https://kind.sigs.k8s.io/docs/user/local-registry/ (kind 0.27 or newer looks into /etc/containerd/certs.d)
"""

from bootstrap.cluster import argocd
from bootstrap.cluster.endpoints import Endpoints
from bootstrap.cluster.fork import CLONES
from bootstrap.cluster.programs import attempt, kubectl, output
from bootstrap.cluster.timeline import Timeline
from bootstrap.processes import ROOT, CommandError

NAME = "gutenberg"
REGISTRY, GIT = "gutenberg-registry", "gutenberg-git"
REGISTRY_PORT, ARGOCD_PORT, NODE_PORT = 5001, 8443, 30443
REPOSITORIES = CLONES.parent / "kind-git"
ENDPOINTS = Endpoints(
    f"localhost:{REGISTRY_PORT}", REPOSITORIES, f"http://{GIT}", (f"http://localhost:{ARGOCD_PORT}/api/webhook",)
)

_CLUSTER = f"""\
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes:
  - role: control-plane
    extraPortMappings:
      - {{containerPort: {NODE_PORT}, hostPort: {ARGOCD_PORT}, listenAddress: 127.0.0.1}}
"""


def start() -> Endpoints:
    """Creates the parts of the cluster that are missing."""
    timeline = Timeline()
    _container(REGISTRY, "--publish", f"127.0.0.1:{REGISTRY_PORT}:5000", "--network", "bridge", "registry:3")
    timeline.done("registry")
    if NAME not in _clusters():
        output("kind", "create", "cluster", "--name", NAME, "--config", "-", "--wait", "3m", feed=_CLUSTER)
    _select()
    timeline.done("kind cluster")
    _let_nodes_find_the_registry()
    _git_server()
    timeline.done("git server")
    argocd.install(NODE_PORT)
    timeline.done(f"Argo CD {argocd.VERSION}")
    return ENDPOINTS


def running() -> Endpoints:
    """The cluster. Raises CommandError when it is not running."""
    if NAME not in _clusters():
        raise CommandError("There is no cluster yet: make cluster")
    _select()
    return ENDPOINTS


def stop() -> None:
    output("kind", "delete", "cluster", "--name", NAME)
    attempt("docker", "rm", "--force", "--volumes", REGISTRY, GIT)


def _clusters() -> list[str]:
    return output("kind", "get", "clusters").split()


def _select() -> None:
    kubectl("config", "use-context", f"kind-{NAME}")


def _container(name: str, *options: str) -> None:
    """Starts a container with this name, unless it runs already."""
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
    """Starts the git server. Pods find it by its name, since the cluster's DNS asks Docker's for what it does not
    know."""
    REPOSITORIES.mkdir(parents=True, exist_ok=True)
    folder = ROOT / "scripts/bootstrap/cluster/git"
    output("docker", "build", "--quiet", "--tag", GIT, folder)
    _container(GIT, "--network", "kind", "--volume", f"{REPOSITORIES}:/git:ro", GIT)
