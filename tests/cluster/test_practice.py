"""Incidents of the practice: the change and what its commands show, as the cluster has them."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bootstrap.cluster.programs import kubectl, output
from bootstrap.cluster.timeline import wait
from gitops.practice import diffs, library
from gitops.practice.diffs import Files
from tests.cluster.loop import PATIENCE, Loop
from tests.k8s.kustomize import K8S
from tests.practice.ground import ground

pytestmark = pytest.mark.timeout(900)
LONGEST = 8
NAMESPACE = "gutenberg-search-local"
OVERLAY = "k8s/overlays/local"
SHOWS = {
    "nobody-home": r"backend-\w+ +IPv4 +\S+ +<(unset|none)> ",
    "never-ready": "Readiness probe failed: HTTP probe failed with statuscode: 404",
    "never-made": 'violates PodSecurity "restricted:latest"',
    "too-much": "exceeded quota",
    "closed-door": r"curl: \((7|28)\)",
}


@pytest.fixture(scope="module")
def local(loop: Loop) -> Iterator[None]:
    """The overlay `local` with images of this machine, where any node looks for a name without a registry."""
    for component in ("backend", "frontend"):
        run = output("docker", "images", "--format", "{{.Repository}}:{{.Tag}}", loop.fork.image(component)).split()[0]
        name = f"{loop.fork.place.registry}/library/k8s-practice-{component}:local"
        output("docker", "tag", run, name)
        output("docker", "push", "--quiet", name)
    kubectl("apply", "--kustomize", str(K8S / "overlays/local"))
    yield
    kubectl("delete", "namespace", NAMESPACE, "--wait=false")


@pytest.mark.parametrize("name", SHOWS)
def test_an_incident_shows_what_it_says(local: None, tmp_path: Path, name: str) -> None:
    incident = library.named(name, None)
    kubectl("apply", "--kustomize", str(K8S / "overlays/local"))
    for component in ("backend", "frontend"):
        kubectl("--namespace", NAMESPACE, "rollout", "status", f"deployment/{component}", f"--timeout={PATIENCE}s")
    changes = (diff for _, made in incident.commits(0) for diff in made)
    write(diffs.apply(ground("local").manifests, changes, "local"), tmp_path)
    kubectl("apply", "--kustomize", str(tmp_path / OVERLAY))
    shows = SHOWS[name]
    wait(f"«{shows}»", lambda: re.search(shows, shown(incident.look)) is not None, PATIENCE, incident.look.strip)
    print(shown(incident.look))
    assert page_opens()
    kubectl("apply", "--kustomize", str(K8S / "overlays/local"))


def write(files: Files, root: Path) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def shown(commands: str) -> str:
    """What the commands print, in the namespace that the README chooses first; one that follows is ended."""
    words = (shlex.split(line) for line in commands.splitlines())
    runs = (["timeout", str(LONGEST), "kubectl", "--namespace", NAMESPACE, *rest] for _, *rest in words)
    return "".join(
        subprocess.run(run, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout for run in runs
    )


def page_opens() -> bool:
    return "<html" in kubectl("get", "--raw", f"/api/v1/namespaces/{NAMESPACE}/services/frontend:http/proxy/")
