"""A bare remote with a small application in it, and clones in which gitops runs as people and workflows run it."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from gitops.cli import main
from tests.gitops.support.registry import TestRegistry

ROOT = Path(__file__).resolve().parents[3]
OWNER = "satomichi"
SLUG = f"{OWNER}/k8s-practice"

_BASE = """\
resources:
  - deployments.yaml
"""
_DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {component}
spec:
  selector:
    matchLabels: {{app: {component}}}
  template:
    metadata:
      labels: {{app: {component}}}
    spec:
      containers:
        - name: {component}
          image: k8s-practice-{component}
"""
OVERLAY = """\
# The namespace of one student.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization

namespace: {name}   # also the Application's

resources:
  - ../../base

images:
  # The API.
  - name: k8s-practice-backend
    newName: {host}/{owner}/k8s-practice-backend
    newTag: sha-0000000000000000000000000000000000000000
    digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
  # The page.
  - name: k8s-practice-frontend
    newName: {host}/{owner}/k8s-practice-frontend  # not the old name
    newTag: sha-0000000000000000000000000000000000000000
    digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
"""
_APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: gutenberg-search-satomichi
spec:
  project: default
  source:
    repoURL: https://github.com/satomichi/k8s-practice
    targetRevision: main
    path: k8s/overlays/satomichi
  destination:
    namespace: satomichi
"""
COMPONENTS = ("backend", "frontend")


def new_environment(home: Path, host: str, slug: str = SLUG) -> dict[str, str]:
    """What gitops sees: a person's git, no workflow, and the registry of the test."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TMPDIR", "SYSTEMROOT")}
    git = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _PERSON.items()}
    ours = {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": str(ROOT / "scripts"), "NO_COLOR": "1"}
    return {**kept, **git, **ours, "GITHUB_REPOSITORY": slug, "GITOPS_REGISTRY": host}


_PERSON = {"NAME": "A Person", "EMAIL": "person@example.org"}


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run_gitops(folder: Path, environment: dict[str, str], *words: str, stdin: str = "") -> Result:
    """Runs the command line here: to start a process for each of some 200 runs takes longer than they do."""
    out, err = StringIO(), StringIO()
    with (
        chdir(folder),
        patch.dict(os.environ, environment, clear=True),
        patch.object(sys, "argv", ["gitops", *words]),
        patch.object(sys, "stdin", TextIOWrapper(BytesIO(stdin.encode()))),
        redirect_stdout(out),
        redirect_stderr(err),
        patch("signal.signal"),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return Result(int(ended.value.code or 0), out.getvalue(), err.getvalue())


@dataclass
class Clone:
    """A clone of the remote, and the registry that its images are in."""

    path: Path
    registry: TestRegistry
    environment: dict[str, str] = field(repr=False)
    owner: str = OWNER
    branch: str = "main"
    """The branch that Argo CD follows."""

    def git(self, *words: str, feed: str = "") -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.path, env=self.environment, input=feed, capture_output=True, text=True
        )
        assert done.returncode == 0, f"git {' '.join(words)}: {done.stderr}"
        return done.stdout.strip()

    def gitops(self, *words: str, render: bool = False, **variables: str) -> Result:
        return run_gitops(self.path, {**self.environment, **variables}, *([] if render else ["--no-render"]), *words)

    def start(self, *words: str, **variables: str) -> "subprocess.Popen[str]":
        """Starts gitops as a process, for what only a process can show."""
        return subprocess.Popen(
            [sys.executable, "-m", "gitops", "--no-render", *words],
            cwd=self.path,
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def commit(self, component: str, text: str = "") -> str:
        """A person changes a component and pushes. Returns the commit."""
        self.git("pull", "--quiet", "--ff-only", "origin", "main")
        file = self.path / component / "source.txt"
        file.parent.mkdir(exist_ok=True)
        with file.open("a") as source:
            source.write(f"{text or 'more'}\n")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", f"Change the {component}")
        self.git("push", "--quiet", "origin", "HEAD:main")
        return self.git("rev-parse", "HEAD")

    def build(self, component: str, commit: str, **how: Any) -> str:
        """CI pushes the image of a commit. Returns the digest."""
        return self.registry.push(f"{self.owner}/k8s-practice-{component}", f"sha-{commit}", commit, **how)

    def pull(self) -> None:
        self.git("fetch", "--quiet", "origin", self.branch)
        self.git("reset", "--quiet", "--hard", f"origin/{self.branch}")

    def read(self, path: str) -> str:
        """The text of a file on the branch that Argo CD follows."""
        self.git("fetch", "--quiet", "origin", self.branch)
        return self.git("show", f"origin/{self.branch}:{path}")

    def commits(self) -> list[str]:
        """The commits that Argo CD deploys from, newest first."""
        self.git("fetch", "--quiet", "origin", self.branch)
        return self.git("rev-list", "--first-parent", f"origin/{self.branch}").split()

    def deployed(self, overlay: str = OWNER) -> dict[str, str]:
        """The commit that each component of the overlay runs, on main of the remote."""
        tags = [line.split("sha-")[1] for line in self.read(kustomization(overlay)).splitlines() if "newTag:" in line]
        return dict(zip(COMPONENTS, tags, strict=True))

    def digests(self, overlay: str = OWNER) -> dict[str, str]:
        lines = [line.split()[-1] for line in self.read(kustomization(overlay)).splitlines() if " digest:" in line]
        return dict(zip(COMPONENTS, lines, strict=True))


def kustomization(overlay: str) -> str:
    return f"k8s/overlays/{overlay}/kustomization.yaml"


def new_remote(folder: Path, registry: TestRegistry, overlays: tuple[str, ...] = (OWNER,)) -> Clone:
    """A bare repository in `folder` with one commit, and a clone of it."""
    environment = new_environment(folder, registry.host)
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", folder / "remote.git"], check=True)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", folder / "clone"], check=True)
    clone = Clone(folder / "clone", registry, environment)
    clone.git("remote", "add", "origin", str(folder / "remote.git"))
    for path, text in files(registry.host, overlays).items():
        file = clone.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    clone.git("add", "--all")
    # The name sets its commits apart from those of another test in the same second, which shares the registry.
    clone.git("commit", "--quiet", "--message", f"Begin {folder.name}")
    clone.git("push", "--quiet", "origin", "main")
    return clone


def files(host: str, overlays: tuple[str, ...]) -> dict[str, str]:
    made = {kustomization(name): OVERLAY.format(name=name, host=host, owner=OWNER) for name in overlays}
    for component in ("class-quota", "network-policy"):
        made[f"k8s/components/{component}/kustomization.yaml"] = (
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: []\nnamePrefix: ''\n"
        )
    return made | {
        "k8s/base/kustomization.yaml": _BASE,
        "k8s/base/deployments.yaml": "---\n".join(_DEPLOYMENT.format(component=name) for name in COMPONENTS),
        "k8s/argocd-applications/satomichi-application.yaml": _APPLICATION,
    }


def another_clone(clone: Clone, folder: Path, **variables: str) -> Clone:
    clone.git("clone", "--quiet", clone.git("remote", "get-url", "origin"), str(folder))
    return Clone(folder, clone.registry, {**clone.environment, **variables}, clone.owner)


def copy_remote(remote: Clone, folder: Path) -> Clone:
    """A copy of the remote, which a test may change."""
    shutil.copytree(remote.path.parent / "remote.git", folder / "remote.git")
    shutil.copytree(remote.path, folder / "clone")
    clone = Clone(folder / "clone", remote.registry, remote.environment, remote.owner)
    clone.git("remote", "set-url", "origin", str(folder / "remote.git"))
    return clone
