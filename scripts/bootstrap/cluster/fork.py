"""A repository of one's own beside GitHub: what Argo CD reads, and the clone that gitops and the builds work in."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bootstrap.cluster.endpoints import Endpoints
from bootstrap.cluster.programs import attempt, output
from bootstrap.environment import python
from bootstrap.processes import ROOT, CommandError
from gitops.errors import GitopsError
from gitops.git import repository
from gitops.git.repository import Repository
from gitops.overlays.overlay_names import application

CLONES = ROOT / "build/cluster"
# gitops commits there, so that whatever is pushed to main is exactly what the checkout has.
DEPLOYED = "deploy"


@dataclass(frozen=True)
class Fork:
    """A repository in the cluster's git remote, and the endpoints of that cluster."""

    endpoints: Endpoints
    repository: Repository

    @property
    def slug(self) -> str:
        return f"{self.repository.owner}/{self.repository.name}"

    @property
    def bare(self) -> Path:
        return self.endpoints.git / f"{self.slug}.git"

    @property
    def clone(self) -> Path:
        return CLONES / self.slug

    @property
    def overlay(self) -> str:
        return self.repository.overlay

    @property
    def application(self) -> str:
        return application(self.overlay)

    def image(self, component: str) -> str:
        return self.repository.image_names(self.endpoints.registry)[component]

    @cached_property
    def variables(self) -> dict[str, str]:
        """What the deploy job of the workflows has in its environment."""
        return {
            **dict(python().env or {}),
            "GITHUB_REPOSITORY": self.slug,
            "GITHUB_SERVER_URL": self.endpoints.git_url,
            "GITOPS_REGISTRY": self.endpoints.registry,
            "GITOPS_PLATFORMS": output("docker", "version", "--format", "{{.Server.Os}}/{{.Server.Arch}}"),
            "GITOPS_BRANCH": "main",
            "GITOPS_DEPLOY_BRANCH": DEPLOYED,
            **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _WHO.items()},
        }

    def gitops(self, *words: str) -> str:
        return output(*python("-m", "gitops", *words).words, folder=self.clone, variables=self.variables)

    def git(self, *words: str) -> str:
        return output("git", *words, folder=self.clone)

    def push(self, checkout: Path = ROOT) -> str:
        """Makes main of the remote what the checkout has committed, and the clone too. Returns the commit."""
        if not self.bare.exists():
            self.bare.parent.mkdir(parents=True, exist_ok=True)
            output("git", "init", "--quiet", "--bare", "--initial-branch=main", self.bare)
        output("git", "push", "--quiet", "--force", self.bare, "HEAD:refs/heads/main", folder=checkout)
        if not self.clone.exists():
            output("git", "clone", "--quiet", self.bare, self.clone)
        self.git("fetch", "--quiet", "--prune", "origin")
        self.git("checkout", "--quiet", "--force", "--detach", "origin/main")
        return self.git("rev-parse", "HEAD")

    def deployed(self) -> str:
        """The newest commit of the branch that Argo CD follows; empty when there is none yet."""
        done = attempt("git", "ls-remote", "--exit-code", self.bare, f"refs/heads/{DEPLOYED}")
        return done.stdout.split()[0] if done.returncode == 0 else ""

    def changed(self, before: str, after: str) -> list[str]:
        """The files that differ between two commits of that branch; without the first, all of the manifests."""
        self.git("fetch", "--quiet", "origin", DEPLOYED)
        if not before:
            return self.git("ls-tree", "-r", "--name-only", after, "k8s").splitlines()
        return self.git("diff", "--name-only", before, after).splitlines()

    def read(self, path: str) -> str:
        """The text of a file on the branch that Argo CD follows."""
        self.git("fetch", "--quiet", "origin", DEPLOYED)
        return self.git("show", f"FETCH_HEAD:{path}")


_WHO = {"NAME": "make deploy", "EMAIL": "deploy@localhost"}


def of_checkout(endpoints: Endpoints) -> Fork:
    """The fork that GITHUB_REPOSITORY or the checkout's remote names. Raises CommandError when neither does."""
    url = attempt("git", "remote", "get-url", "origin").stdout.strip()
    try:
        return Fork(endpoints, repository.find(os.environ.get("GITHUB_REPOSITORY"), url, os.environ))
    except GitopsError as error:
        raise CommandError(str(error)) from error
