"""The schemas refuse what a cluster would refuse or, worse, drop without a word."""

from copy import deepcopy
from typing import Any

import pytest
import yaml

from gitops.manifests.objects import Object, named, parse
from tests.k8s.kustomize import COMPONENTS, K8S, combination
from tests.k8s.schema import CUSTOM, SCHEMAS, mistakes, supported_versions

OLDEST, NEWEST = supported_versions()


def sample(kind: str) -> Object:
    """An object of a kind that has a schema here."""
    applications = (K8S / "argocd-applications").rglob("*.yaml")
    objects = [one for file in applications for one in parse(file.read_text(encoding="utf-8"))]
    objects += combination(tuple(COMPONENTS))
    return next(manifest for manifest in objects if manifest["kind"].lower() == kind)


@pytest.mark.parametrize("kind", sorted(CUSTOM))
def test_a_field_of_a_custom_resource_that_is_misspelt_is_found(kind: str) -> None:
    assert mistakes((sample(kind),), NEWEST) == []
    for field in sample(kind)["spec"]:
        broken: dict[str, Any] = deepcopy(dict(sample(kind)))
        broken["spec"][field.upper()] = broken["spec"].pop(field)
        assert mistakes((broken,), NEWEST), field


def test_a_custom_resource_of_another_version_is_found() -> None:
    assert mistakes(({**sample("httproute"), "apiVersion": "gateway.networking.k8s.io/v1alpha2"},), NEWEST)


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_a_field_that_is_misspelt_is_found(version: str) -> None:
    deployment = named(combination(()), "Deployment", "backend")
    assert deployment
    broken: dict[str, Any] = deepcopy(dict(deployment))
    broken["spec"]["minReadySecond"] = broken["spec"].pop("minReadySeconds")
    assert mistakes((broken,), version) == [
        "Deployment/backend: spec: Additional properties are not allowed ('minReadySecond' was unexpected)"
    ]


def test_a_kubernetes_that_cannot_sleep_before_it_stops_a_pod_is_too_old() -> None:
    assert mistakes(combination(()), "1.28")


@pytest.mark.parametrize("file", sorted(SCHEMAS.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_schema_allows_no_field_that_it_does_not_name(file: Any) -> None:
    def closed(schema: Any) -> bool:
        if isinstance(schema, list):
            return all(map(closed, schema))
        if not isinstance(schema, dict):
            return True
        return ("properties" not in schema or schema.get("additionalProperties") is False) and all(
            map(closed, schema.values())
        )

    assert closed(yaml.safe_load(file.read_text(encoding="utf-8")))
    assert file.name in (SCHEMAS / "README.md").read_text(encoding="utf-8")
