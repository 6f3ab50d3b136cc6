"""What Argo CD does with an Application, as k8s/README.md promises it."""

import json
import time

import pytest

from bootstrap.cluster import argocd
from bootstrap.cluster.programs import attempt
from bootstrap.cluster.timeline import wait
from tests.cluster.loop import PATIENCE, WELL, Loop

pytestmark = pytest.mark.timeout(900)
CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: passing\ndata: {}\n"


def test_an_application_settles_and_has_no_difference_in_two_polls(loop: Loop) -> None:
    loop.wait_until_healthy()
    for _ in range(2):
        loop.poll()
        assert argocd.sync(loop.fork.application)[:2] == WELL


def test_what_is_changed_by_hand_is_changed_back(loop: Loop) -> None:
    loop.kubectl("patch", "deployment", "backend", "--patch", json.dumps({"spec": {"revisionHistoryLimit": 9}}))
    show = ("get", "deployment", "backend", "--output=jsonpath={.spec.revisionHistoryLimit}")
    wait("self-healing", lambda: loop.kubectl(*show) == "3", PATIENCE)


def test_what_is_gone_from_git_goes_from_the_cluster(loop: Loop) -> None:
    loop.edit(str(loop.overlay.relative_to(loop.checkout)), "  - ../../base\n", "  - ../../base\n  - passing.yaml\n")
    (loop.overlay.parent / "passing.yaml").write_text(CONFIG_MAP)
    loop.commit()
    loop.sync()
    assert loop.kubectl("get", "configmap", "passing", "--output=name") == "configmap/passing"
    loop.git("revert", "--no-edit", "HEAD")
    loop.sync()
    gone = ("kubectl", "--namespace", loop.namespace, "get", "configmap", "passing")
    wait("pruning", lambda: attempt(*gone).returncode != 0, PATIENCE)


def test_an_overlay_that_does_not_render_is_named_and_changes_nothing_that_runs(loop: Loop) -> None:
    before = loop.pods("backend")
    loop.edit(str(loop.overlay.relative_to(loop.checkout)), "../../base", "../../bass")
    loop.commit()
    loop.fork.push(loop.checkout)
    loop.fork.gitops("--no-render", "update")
    loop.announce()

    def said() -> bool:
        return "kustomize build" in argocd.trouble(loop.fork.application)

    wait("Argo CD to name it", said, PATIENCE)
    print(argocd.trouble(loop.fork.application))
    assert loop.pods("backend") == before
    loop.git("revert", "--no-edit", "HEAD")
    loop.sync()
    time.sleep(1)
    assert loop.pods("backend") == before


def test_what_an_application_deployed_goes_with_it(loop: Loop) -> None:
    argocd.delete(loop.fork.application)
    assert loop.kubectl("get", "deployments,services,networkpolicies", "--output=name") == ""
    unwell = loop.fork.gitops("status", "--overlay", loop.namespace, "--json")
    assert [row["cluster"] for row in json.loads(unwell)] == ["it is not there"] * 2
    loop.deploy()
