"""From a push to new pods under load, and a release that is broken."""

import json

import pytest

from bootstrap.cluster import argocd, images, pods
from bootstrap.cluster.timeline import wait
from tests.cluster.loop import PATIENCE, Loop

pytestmark = pytest.mark.timeout(900)


def test_a_push_replaces_every_pod_of_both_components_and_loses_no_request(loop: Loop) -> None:
    commit = loop.commit(backend="new", frontend="new")
    with loop.visitors():
        timeline = loop.deploy()
    assert pods.page_commit(loop.namespace) == commit
    assert {pod.commit for pod in pods.pods(loop.namespace)} == {commit}
    taken = [at for name, at in timeline.steps.items() if name in ("webhook", "Synced and Healthy")]
    print(f"webhook to healthy: {taken[1] - taken[0]:.1f} s")


def test_a_broken_release_takes_nothing_away_is_named_and_is_rolled_back_for_good(loop: Loop) -> None:
    good = pods.page_commit(loop.namespace)
    dockerfile = loop.checkout / "backend/Dockerfile"
    dockerfile.write_text(f'{dockerfile.read_text()}\nCMD ["false"]\n')
    # That it is stuck need not be waited for for two minutes.
    loop.edit("k8s/base/backend.yaml", "progressDeadlineSeconds: 120", "progressDeadlineSeconds: 45")
    broken = loop.commit(backend="broken")
    with loop.visitors():
        loop.fork.push(loop.checkout)
        build(loop, broken)
        loop.fork.gitops("update")
        loop.follow(healthy=False)
        wait("Degraded", lambda: argocd.sync(loop.fork.application)[1] == "Degraded", PATIENCE)
        assert "ProgressDeadlineExceeded, CrashLoopBackOff" in cluster_column(loop)["backend"]
        assert pods.page_commit(loop.namespace) == good
        loop.fork.gitops("rollback", "--overlay", loop.namespace, "--component", "backend")
        loop.follow()
        loop.fork.gitops("update")
        assert commits(loop)["backend"] == good
        loop.git("revert", "--no-edit", "HEAD")
        fixed = loop.git("rev-parse", "HEAD")
        loop.fork.push(loop.checkout)
        build(loop, fixed)
        loop.fork.gitops("release", "--overlay", loop.namespace, "--component", "backend")
        loop.fork.gitops("update")
        loop.follow()
        assert pods.page_commit(loop.namespace) == fixed


def build(loop: Loop, commit: str) -> None:
    images.build(loop.fork, "backend", commit)


def cluster_column(loop: Loop) -> dict[str, str]:
    rows = json.loads(loop.fork.gitops("status", "--overlay", loop.namespace, "--json"))
    return {row["component"]: row["cluster"] for row in rows}


def commits(loop: Loop) -> dict[str, str]:
    return {pod.component: pod.commit for pod in pods.pods(loop.namespace) if pod.state == "Ready"}
