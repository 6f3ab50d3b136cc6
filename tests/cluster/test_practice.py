"""Incidents of the practice: on the cluster the fault shows as the text says, and a right fix is seen to be one."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bootstrap.cluster.programs import kubectl, output
from bootstrap.cluster.timeline import wait
from gitops.practice import library, live
from gitops.practice.incident import Incident
from gitops.practice.state import State
from tests.cluster.loop import PATIENCE, Loop
from tests.k8s.kustomize import K8S
from tests.practice.ground import ground

pytestmark = pytest.mark.timeout(900)
LONGEST = 8
NAMESPACE = "gutenberg-search-local"
OVERLAY = "k8s/overlays/local"
PAGE = f"/api/v1/namespaces/{NAMESPACE}/services/frontend:http/proxy/"
# Without Argo CD, a crowd and releases.
INCIDENTS = [one for one in library.every(None).values() if one.shows and {"policies"}.issuperset(one.needs)]


@pytest.fixture(scope="module")
def local(loop: Loop) -> Iterator[None]:
    """The overlay `local` with images of this machine, where any node looks for a name without a registry."""
    for component in ("backend", "frontend"):
        run = output("docker", "images", "--format", "{{.Repository}}:{{.Tag}}", loop.fork.image(component)).split()[0]
        name = f"{loop.fork.place.registry}/library/k8s-practice-{component}:local"
        output("docker", "tag", run, name)
        output("docker", "push", "--quiet", name)
    kubectl("apply", "--kustomize", str(K8S / "overlays/local"))
    for component in ("backend", "frontend"):
        kubectl("--namespace", NAMESPACE, "rollout", "status", f"deployment/{component}", f"--timeout={PATIENCE}s")
    yield
    kubectl("delete", "namespace", NAMESPACE, "--wait=false")


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda one: one.id)
def test_an_incident_shows_what_it_says_until_it_is_fixed(local: None, tmp_path: Path, incident: Incident) -> None:
    broken = ground("local").after(*(diff for _, made in incident.commits(0) for diff in made))
    apply(broken, tmp_path)
    wait(f"«{incident.shows}»", lambda: shows(incident, tmp_path), PATIENCE, lambda: shown(incident.look, tmp_path))
    assert live_problems(broken) != []
    # A Service asks for the new label at once, and the pods that have it are refused.
    assert page_opens() == (incident.id != "immutable")
    fixed = ground("local").after(*incident.purpose)
    apply(fixed, tmp_path)
    wait("the fix", lambda: live_problems(fixed) == [], PATIENCE, lambda: str(live_problems(fixed)))


def apply(state: State, root: Path) -> None:
    """As a person would with `kubectl apply`; the API server may refuse what is broken."""
    for path, text in state.checkout.files.items():
        if path.startswith("k8s/"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
    subprocess.run(["kubectl", "apply", "--kustomize", root / OVERLAY], capture_output=True, timeout=PATIENCE)


def live_problems(state: State) -> list[str]:
    seen = live.look(NAMESPACE)
    assert seen is not None
    return [one.requirement for one in live.problems(state.objects, seen)]


def shows(incident: Incident, root: Path) -> bool:
    ask("api/search?q=whale")
    text = shown(incident.look, root)
    return all(re.search(".*".join(map(re.escape, one.split("*"))), text) for one in incident.shows)


def shown(commands: str, root: Path) -> str:
    """What the commands print, in the namespace that is chosen before; one that follows is ended."""
    words = (shlex.split(line) for line in commands.splitlines())
    runs = (["timeout", str(LONGEST), "kubectl", "--namespace", NAMESPACE, *rest] for _, *rest in words)
    return "".join(
        subprocess.run(run, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
        for run in runs
    )


def ask(path: str) -> str:
    """As a user would, whose trouble is in the log; kubectl repeats what gets 503."""
    words = ["kubectl", f"--request-timeout={LONGEST}s", "get", "--raw", f"{PAGE}{path}"]
    return subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE).stdout


def page_opens() -> bool:
    return "<html" in ask("")
