"""The component `autoscaling`, switched on while visitors come."""

import pytest

from bootstrap.cluster import argocd
from bootstrap.cluster.programs import attempt
from bootstrap.cluster.timeline import wait
from tests.cluster.loop import PATIENCE, Loop

pytestmark = pytest.mark.timeout(900)
USED = "--output=jsonpath={.items[*].status.currentMetrics[0].resource.current.averageUtilization}"


def test_an_autoscaler_that_is_switched_on_measures_settles_and_loses_no_request(loop: Loop) -> None:
    if attempt("kubectl", "top", "node").returncode != 0:
        pytest.skip("the cluster measures nothing: install metrics-server")
    loop.chooses("class-quota", "network-policy", "autoscaling")
    loop.commit()
    with loop.visitors():
        revision = loop.sync()
        wait("measures of both", lambda: len(loop.kubectl("get", "hpa", USED).split()) == 2, PATIENCE)
    status, _, compared = argocd.sync(loop.fork.application)
    assert (status, compared) == ("Synced", revision), "git and the autoscaler set the same field"
    loop.git("revert", "--no-edit", "HEAD")
    loop.sync()
