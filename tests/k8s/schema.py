"""Checks objects against the schemas of Kubernetes and of the custom resources."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from kubernetes_validate.utils import schema_contents
from referencing import Registry, Resource

from gitops.manifests.objects import Object
from tests.k8s.kustomize import K8S

SCHEMAS = Path(__file__).parent / "schemas"
CUSTOM = {path.stem for path in SCHEMAS.glob("*.yaml")} - {"metadata"}


def supported_versions() -> tuple[str, str]:
    """The oldest and the newest version of Kubernetes that k8s/README.md names."""
    stated = re.search(r"Kubernetes (1\.[0-9]+) to (1\.[0-9]+)", (K8S / "README.md").read_text(encoding="utf-8"))
    assert stated, "k8s/README.md says nowhere «Kubernetes 1.x to 1.y»"
    return stated[1], stated[2]


def mistakes(objects: tuple[Object, ...], version: str) -> list[str]:
    """The mistakes for which an API server of this version of Kubernetes would refuse the object."""
    checked = (_mistake(json.dumps(manifest, sort_keys=True), version) for manifest in objects)
    return [mistake for mistake in checked if mistake]


@cache
def _mistake(text: str, version: str) -> str | None:
    """The worst mistake in an object, given as JSON. Cached, since most objects are the same in most combinations."""
    manifest = json.loads(text)
    where = f"{manifest['kind']}/{manifest['metadata']['name']}"
    if manifest["kind"].lower() in CUSTOM:
        error = best_match(_custom(manifest["kind"].lower()).iter_errors(manifest))
        return f"{where}: {error.json_path}: {error.message}" if error else None
    error = best_match(_usual(manifest["kind"].lower(), manifest["apiVersion"], version).iter_errors(manifest))
    return f"{where}: {'.'.join(map(str, error.path))}: {error.message}" if error else None


@cache
def _usual(kind: str, api_version: str, version: str) -> Draft202012Validator:
    """The validator of Kubernetes' own kinds. `kubernetes_validate.validate` would read all definitions for each
    object."""
    named = re.sub(r"^([^./]*)(?:\.[^/]*)?/", r"\1-", api_version)
    schema, definitions = (
        schema_contents(f"kubernetes-json-schema/v{version}.0-local-strict/{name}.json", version)
        for name in (f"{kind}-{named}", "_definitions")
    )
    registry: Registry[Any] = Resource.from_contents(definitions) @ (Resource.from_contents(schema) @ Registry())
    return Draft202012Validator(schema, registry=registry)


@cache
def _custom(kind: str) -> Draft202012Validator:
    schemas = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.yaml")}
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(schema | {"$schema": Draft202012Validator.META_SCHEMA["$id"]}))
        for name, schema in schemas.items()
    )
    return Draft202012Validator(schemas[kind], registry=registry)
