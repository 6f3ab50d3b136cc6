"""The exercises of k8s/README.md: change, symptom, command and message, as the cluster has them."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bootstrap.cluster.programs import kubectl, output
from bootstrap.cluster.timeline import wait
from tests.cluster.loop import PATIENCE, Loop
from tests.k8s.exercises import apply, exercises, sections
from tests.k8s.kustomize import K8S

pytestmark = pytest.mark.timeout(900)
LONGEST = 8
NAMESPACE = "gutenberg-search-local"
OVERLAY = "k8s/overlays/local"
SHOWS = {
    "A Service that finds nobody": r"backend-\w+ +IPv4 +\S+ +<(unset|none)> ",
    "A rollout that never ends": "Readiness probe failed: HTTP probe failed with statuscode: 404",
    "Pods that are never made": 'violates PodSecurity "restricted:latest"',
    "More than the namespace may have": "exceeded quota",
    "A closed door": r"curl: \((7|28)\)",
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


@pytest.mark.parametrize("title", SHOWS)
def test_an_exercise_shows_what_it_says(local: None, tmp_path: Path, title: str) -> None:
    kubectl("apply", "--kustomize", str(K8S / "overlays/local"))
    for component in ("backend", "frontend"):
        kubectl("--namespace", NAMESPACE, "rollout", "status", f"deployment/{component}", f"--timeout={PATIENCE}s")
    shutil.copytree(K8S, tmp_path / "k8s")
    apply(exercises()[title], tmp_path)
    kubectl("apply", "--kustomize", str(tmp_path / OVERLAY))
    commands = sections()[title].commands
    wait(f"«{SHOWS[title]}»", lambda: re.search(SHOWS[title], shown(commands)) is not None, PATIENCE, commands.strip)
    print(shown(commands))
    assert page_opens()
    kubectl("apply", "--kustomize", str(K8S / "overlays/local"))


def shown(commands: str) -> str:
    """What the commands print, in the namespace that the README chooses first; one that follows is ended."""
    words = (shlex.split(line) for line in commands.splitlines())
    runs = (["timeout", str(LONGEST), "kubectl", "--namespace", NAMESPACE, *rest] for _, *rest in words)
    return "".join(
        subprocess.run(run, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout for run in runs
    )


def page_opens() -> bool:
    return "<html" in kubectl("get", "--raw", f"/api/v1/namespaces/{NAMESPACE}/services/frontend:http/proxy/")
