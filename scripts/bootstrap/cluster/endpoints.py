"""The services beside a cluster, by their addresses: a registry, a git remote that Argo CD reads, and Argo CD's
webhooks."""

import os
from dataclasses import dataclass
from pathlib import Path

from bootstrap.cluster.programs import attempt
from bootstrap.processes import CommandError

_NEEDED = ("CLUSTER_REGISTRY", "CLUSTER_GIT", "CLUSTER_GIT_URL", "ARGOCD_WEBHOOK")


@dataclass(frozen=True)
class Endpoints:
    """`registry` is a host as image names have it, for this machine and for the nodes. `git` is a folder of bare
    repositories, which Argo CD reads as `git_url`/OWNER/NAME. `webhooks` are the addresses that hear of a push."""

    registry: str
    git: Path
    git_url: str
    webhooks: tuple[str, ...]

    def check(self) -> None:
        """Raises CommandError when kubectl reaches no cluster that has Argo CD."""
        if attempt("kubectl", "get", "crd", "applications.argoproj.io").returncode != 0:
            raise CommandError("The cluster of the current kubectl context does not answer, or has no Argo CD.")


def current() -> Endpoints:
    """The endpoints of the current kubectl context, as the environment describes them. Raises CommandError for what is
    missing."""
    missing = [name for name in _NEEDED if not os.environ.get(name)]
    if missing:
        raise CommandError(f"CLUSTER=current needs {', '.join(missing)} in the environment: see k8s/README.md.")
    registry, git, url, webhook = (os.environ[name] for name in _NEEDED)
    others = filter(None, [os.environ.get("APPLICATIONSET_WEBHOOK")])
    return Endpoints(registry, Path(git), url.rstrip("/"), (webhook, *others))
