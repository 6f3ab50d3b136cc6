"""What k8s/components adds settles on a cluster: it is synced once, is healthy, and is not synced again."""

import json
from collections.abc import Iterator

import pytest
import yaml

from bootstrap.cluster import argocd
from bootstrap.cluster.programs import attempt, kubectl
from bootstrap.cluster.timeline import wait
from tests.cluster.definitions import DEFINITIONS
from tests.cluster.loop import PATIENCE, Loop
from tests.k8s.kustomize import COMPONENTS

pytestmark = pytest.mark.timeout(900)
ALONE = [(component,) for component in COMPONENTS]
# Who would give a route its state on a cluster that has a Gateway and an Ingress controller.
ADDRESS = {"loadBalancer": {"ingress": [{"ip": "192.0.2.1"}]}}
ACCEPTED = {
    "type": "Accepted",
    "status": "True",
    "reason": "Accepted",
    "message": "",
    "lastTransitionTime": "2026-01-05T09:00:00Z",
}
PARENT = {"parentRef": {"name": "gateway"}, "controllerName": "example.org/test"}


@pytest.fixture(scope="module", autouse=True)
def definitions() -> Iterator[None]:
    """Of the Gateway API and of the Prometheus operator, where the cluster has none."""
    missing = [one for one in DEFINITIONS if attempt("kubectl", "get", "crd", one.name).returncode != 0]
    for definition in missing:
        # Some are too large for the annotation of a client-side apply.
        kubectl("apply", "--server-side", f"--filename={definition.path()}")
        established = ("kubectl", "wait", "--for=condition=Established", "--timeout=1s", f"crd/{definition.name}")
        # Right after its creation a definition has no conditions to wait for.
        wait(definition.name, lambda words=established: attempt(*words).returncode == 0, PATIENCE)  # type: ignore[misc]
    yield
    for definition in missing:
        kubectl("delete", "--wait=false", f"crd/{definition.name}")


@pytest.fixture(scope="module")
def before(loop: Loop) -> Iterator[str]:
    """The text of the overlay, which is put back in the end."""
    before = loop.overlay.read_text()
    yield before
    loop.overlay.write_text(before)
    loop.commit()
    loop.sync()


@pytest.mark.parametrize("components", [COMPONENTS, *ALONE, ()], ids=lambda some: "+".join(some) or "none")
def test_a_combination_of_components_settles(loop: Loop, before: str, components: tuple[str, ...]) -> None:
    loop.overlay.write_text(before)
    loop.chooses(*components)
    if "library" in components:
        serve_the_index_of_the_backends_image(loop)
    loop.commit()
    loop.sync(lambda: play_the_controllers(loop, components))
    synced = last_sync(loop)
    loop.poll()
    # A new autoscaler passes for healthy, and then for degraded until it has measured.
    loop.wait_until_healthy()
    assert last_sync(loop) == synced, "it was synced once more"


def serve_the_index_of_the_backends_image(loop: Loop) -> None:
    """Names the image that runs as the one of the library, since it has an index too."""
    running = loop.kubectl(
        "get", "deployment", "backend", "--output=jsonpath={.spec.template.spec.containers[0].image}"
    )
    name, _, digest = running.partition("@")
    entry = {"name": "k8s-practice-library", "newName": name.rpartition(":")[0], "digest": digest}
    overlay = yaml.safe_load(loop.overlay.read_text())
    overlay["images"].append(entry)
    loop.overlay.write_text(yaml.safe_dump(overlay, sort_keys=False))


def play_the_controllers(loop: Loop, components: tuple[str, ...]) -> None:
    states = {
        "ingress": ("ingress", ADDRESS),
        "gateway-route": ("httproute", {"parents": [{**PARENT, "conditions": [ACCEPTED]}]}),
    }
    for kind, status in (states[one] for one in components if one in states):
        there = ("kubectl", "--namespace", loop.namespace, "get", kind, "frontend")
        wait(kind, lambda there=there: attempt(*there).returncode == 0, PATIENCE)  # type: ignore[misc]
        change = json.dumps({"status": status})
        loop.kubectl("patch", kind, "frontend", "--subresource=status", "--type=merge", f"--patch={change}")


def last_sync(loop: Loop) -> str:
    return str(argocd.application(loop.fork.application)["status"]["operationState"]["startedAt"])
