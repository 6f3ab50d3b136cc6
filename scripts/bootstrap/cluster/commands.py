"""make cluster, make deploy and make cluster-down."""

import os
import shutil

from bootstrap.cluster import argocd, deploying, endpoints, kind
from bootstrap.cluster.endpoints import Endpoints
from bootstrap.cluster.fork import CLONES, Fork, of_checkout
from bootstrap.cluster.programs import attempt, kubectl, need
from bootstrap.processes import CommandError, say


def up() -> None:
    """Makes a cluster with Argo CD, and deploys the overlay of the checkout's owner to it."""
    there = _cluster(make=True)
    fork = of_checkout(there)
    deploying.deploy(fork)
    _show_addresses(fork)


def deploy(*, follow: bool) -> None:
    deploying.deploy(of_checkout(_cluster(make=False)), follow=follow)


def down() -> None:
    """Takes away the Application with what it deployed, and its repository; or, with kind, the whole cluster."""
    if not _is_current():
        need("docker", "kind")
        kind.stop()
    else:
        need("kubectl")
        fork = of_checkout(endpoints.current())
        argocd.delete(fork.application)
        kubectl("delete", "namespace", fork.overlay, "--ignore-not-found", "--timeout=3m")
        shutil.rmtree(fork.bare, ignore_errors=True)
    shutil.rmtree(CLONES, ignore_errors=True)
    say("The cluster is down" if not _is_current() else "What was deployed is gone; the cluster stays")


def _cluster(*, make: bool) -> Endpoints:
    need("docker", "kubectl", "git")
    if not _is_current():
        need("kind")
        return kind.start() if make else kind.running()
    cluster = endpoints.current()
    cluster.check()
    return cluster


def _is_current() -> bool:
    value = os.environ.get("CLUSTER", "kind")
    if value not in ("kind", "current"):
        raise CommandError(f"CLUSTER is {value!r}, but is kind or current.")
    return value == "current"


def _show_addresses(fork: Fork) -> None:
    say("The page: http://localhost:8080, while this runs:")
    print(f"    kubectl --namespace {fork.overlay} port-forward service/frontend 8080:80")
    if attempt("kubectl", "--namespace", "argocd", "get", "service", "argocd-server").returncode == 0:
        say("Argo CD: https://localhost:8443, user admin, while this runs:")
        print("    kubectl --namespace argocd port-forward service/argocd-server 8443:443")
        secret = "kubectl --namespace argocd get secret argocd-initial-admin-secret"
        print(f"  its password: {secret} --output go-template='{{{{.data.password | base64decode}}}}'")
    else:
        say("Argo CD runs outside this cluster; its Application:")
        print(f"    kubectl --namespace argocd get application {fork.application}")
    say("After a commit: make deploy")
