"""The alert rules fire when they should, and ask for metrics that the backend has."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from app.api import metrics
from app.corpus.model import ShelfKind
from app.settings import Settings
from tests.conftest import need
from tests.k8s.kustomize import combination

UNIT_TESTS = Path(__file__).with_name("alerts.yaml")
# What Prometheus adds to what the backend says, and the boundary of a histogram's bucket.
ADDED = {"job", "namespace", "le"}


@pytest.fixture(scope="module")
def rules() -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in combination(("monitoring",)) if one["kind"] == "PrometheusRule")["spec"]
    return found


def test_each_alert_fires_when_it_should_and_only_then(rules: dict[str, Any], tmp_path: Path) -> None:
    promtool = need("promtool", "Debian's promtool, or prometheus in Debian 12")
    (tmp_path / "rules.yaml").write_text(yaml.safe_dump(rules))
    shutil.copy(UNIT_TESTS, tmp_path)
    done = subprocess.run([promtool, "test", "rules", UNIT_TESTS.name], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_is_expected_to_fire_once_and_to_be_silent_once(rules: dict[str, Any]) -> None:
    cases = [case for test in yaml.safe_load(UNIT_TESTS.read_text())["tests"] for case in test["alert_rule_test"]]
    names = {rule["alert"] for group in rules["groups"] for rule in group["rules"]}
    assert {case["alertname"] for case in cases if case.get("exp_alerts")} == names
    assert {case["alertname"] for case in cases if not case.get("exp_alerts")} == names


def test_alerts_ask_for_metrics_and_labels_that_the_backend_has(rules: dict[str, Any]) -> None:
    metrics.describe(Settings(), None)
    metrics.requests.labels("/search", "GET", 200).inc()
    metrics.seconds.labels("/search").observe(0.1)
    metrics.corpus.labels(ShelfKind.SAMPLE.value).set(7)
    families = text_string_to_metric_families(metrics.exposition().decode())
    known = {sample.name: set(sample.labels) for family in families for sample in family.samples}
    expressions = "\n".join(rule["expr"] for group in rules["groups"] for rule in group["rules"])
    asked = re.findall(r"(gutenberg_\w+)\{([^}]*)\}", expressions)
    assert len(asked) == expressions.count("gutenberg_")
    for name, matchers in asked:
        assert set(re.findall(r"(\w+)[!=~]+\"", matchers)) <= known[name] | ADDED


def test_the_metrics_get_the_job_that_the_alerts_ask_for() -> None:
    objects = combination(("monitoring",))
    monitor = next(manifest for manifest in objects if manifest["kind"] == "ServiceMonitor")
    service = next(one for one in objects if one["kind"] == "Service" and one["metadata"]["name"] == "backend")
    assert service["metadata"]["labels"][monitor["spec"]["jobLabel"]] == "gutenberg-search"
