"""What happens in a cluster that is used loses no request."""

import json
import re
import time
from datetime import UTC, datetime

import pytest

from bootstrap.cluster.programs import attempt, kubectl
from bootstrap.cluster.timeline import wait
from tests.cluster.loop import CONCURRENCY, PATIENCE, PER_SECOND, Loop

pytestmark = pytest.mark.timeout(900)
# How often nginx sends what no backend has received.
MOST_ATTEMPTS = 8
# Run where the node's processes are seen, with the user of the one that it ends.
KILL = """
import os, pathlib, signal, sys
for process in pathlib.Path("/proc").glob("[0-9]*"):
    try:
        if sys.argv[1] in (process / "cgroup").read_text():
            os.kill(int(process.name), signal.SIGKILL)
    except OSError:
        pass  # It has just ended by itself.
"""


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


def test_a_backend_that_is_killed_loses_nothing_but_what_it_had_for_long(loop: Loop) -> None:
    """For longer than 0.2 seconds: that may be what ended it, and is not sent again."""
    began = datetime.now(UTC)
    with loop.visitors(lost_at_most=CONCURRENCY):
        killed(loop, "backend")
    attempts = given_up(loop, began)
    if not keeps_connections(loop):
        # Every other new connection is refused for a second, and one request in 256 meets eight refusals in a row.
        attempts = [seconds for seconds in attempts if len(seconds) < MOST_ATTEMPTS]
    assert all(seconds[-1] >= 0.2 for seconds in attempts), attempts


def test_a_frontend_that_is_killed_loses_no_more_than_a_second(loop: Loop) -> None:
    """It has the connections of its visitors, and refuses new ones until the cluster knows."""
    with loop.visitors(lost_at_most=PER_SECOND):
        killed(loop, "frontend")


def keeps_connections(loop: Loop) -> bool:
    """Whether nginx is new enough to keep connections to the backend open, as that of the real base image is."""
    settings = loop.kubectl("exec", "deployment/frontend", "--", "cat", "/etc/nginx/conf.d/settings.conf")
    return "keepalive" in settings


def given_up(loop: Loop, began: datetime) -> list[list[float]]:
    """For each request that nginx has given up since then, how many seconds each backend that it asked had it."""
    since = f"--since-time={began.isoformat(timespec='seconds')}"
    log = loop.kubectl("logs", "--selector=app.kubernetes.io/name=frontend", "--tail=-1", since)
    lines = (json.loads(line) for line in log.splitlines() if line.startswith("{") and '"status":503' in line)
    return [[float(seconds) for seconds in re.findall(r"[\d.]+", line["upstream_seconds"])] for line in lines]


def killed(loop: Loop, component: str) -> None:
    """Ends a process of a component after a second of load, and waits until it is back."""
    victim = json.loads(loop.kubectl("get", "pod", loop.pods(component)[0], "--output=json"))
    status = victim["status"]["containerStatuses"][0]
    time.sleep(1)
    kill(loop, status["containerID"].partition("//")[2], victim["spec"]["securityContext"]["runAsUser"])
    restored(loop, component)
    show = "--output=jsonpath={.status.containerStatuses[0].restartCount}"
    assert int(loop.kubectl("get", "pod", victim["metadata"]["name"], show)) == status["restartCount"] + 1


def kill(loop: Loop, container: str, user: int) -> None:
    """Ends what runs in a container as the kernel does when memory is short: nobody is told."""
    image = loop.kubectl("get", "deployment", "backend", "--output=jsonpath={..containers[0].image}")
    spec = {"hostPID": True, "securityContext": {"runAsUser": user}}
    command = ("--command", "--", "python", "-c", KILL, container)
    overrides = f"--overrides={json.dumps({'spec': spec})}"
    kubectl("run", "killer", "--restart=Never", f"--image={image}", overrides, *command)
    kubectl("wait", "pod/killer", "--for=jsonpath={.status.phase}=Succeeded", f"--timeout={PATIENCE}s")
    kubectl("delete", "pod", "killer", "--wait=false")


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
