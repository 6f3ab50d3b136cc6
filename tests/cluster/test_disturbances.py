"""What happens in a cluster that is used loses no request."""

import json
import time

import pytest

from bootstrap.cluster.programs import attempt, kubectl
from bootstrap.cluster.timeline import wait
from tests.cluster.loop import PATIENCE, Loop

pytestmark = pytest.mark.timeout(900)


@pytest.mark.parametrize("component", ["backend", "frontend"])
def test_a_pod_that_is_deleted_loses_no_request(loop: Loop, component: str) -> None:
    before = loop.pods(component)
    with loop.visitors():
        loop.kubectl("delete", "pod", before[0])
        restored(loop, component)


@pytest.mark.parametrize("component", ["backend", "frontend"])
def test_of_two_evictions_the_budget_refuses_the_second_and_no_request_is_lost(loop: Loop, component: str) -> None:
    first, second, *_ = loop.pods(component)
    with loop.visitors():
        assert evict(loop, first) == ""
        assert "disruption budget" in evict(loop, second)
        restored(loop, component)


def test_a_dns_pod_that_is_killed_loses_no_request(loop: Loop) -> None:
    dns = ("--namespace", "kube-system", "--selector", "k8s-app=kube-dns")
    with loop.visitors():
        kubectl("delete", "pod", *dns, "--force", "--grace-period=0")
        time.sleep(1)
        kubectl("wait", "pod", *dns, "--for=condition=Ready", f"--timeout={PATIENCE}s")
        time.sleep(5)


def restored(loop: Loop, component: str) -> None:
    time.sleep(1)
    wait("both pods to be ready", lambda: len(loop.pods(component)) == 2, PATIENCE)


def evict(loop: Loop, pod: str) -> str:
    """What the cluster says against it; nothing when it does it."""
    metadata = {"name": pod, "namespace": loop.namespace}
    eviction = {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": metadata}
    path = f"/api/v1/namespaces/{loop.namespace}/pods/{pod}/eviction"
    done = attempt("kubectl", "create", "--raw", path, "--filename", "-", feed=json.dumps(eviction))
    return done.stderr.strip()
