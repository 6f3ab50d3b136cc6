"""The patches in the READMEs work."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from gitops.manifests.objects import Object, Objects, parse, workloads
from tests.conftest import need
from tests.k8s.kustomize import COMPONENTS, K8S, OVERLAYS, build, combination, overlay
from tests.k8s.schema import mistakes, supported_versions

DOCS = K8S.parent / "docs"
_LEVELS = re.compile(r"^\| [^\n]+\n\|---\|---\|\n((?:\| [1-4][^\n]*\n)+)", re.MULTILINE)


def blocks(readme: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", readme.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["practice.md", "practice.ja.md"])
def test_the_practice_names_every_incident(page: str) -> None:
    [table] = _LEVELS.findall((DOCS / page).read_text(encoding="utf-8"))
    incidents = (DOCS.parent / "scripts/gitops/practice/incidents").glob("*.md")
    named = [name for row in table.splitlines() for name in row.split("|")[2].strip().split(", ")]
    assert sorted(named) == sorted(file.stem for file in incidents)


@pytest.mark.parametrize("page", ["README.md", "README.ja.md"])
def test_the_readme_links_to_every_component(page: str) -> None:
    linked = re.findall(r"\(components/([^/)]+)/README\.md\)", (K8S / page).read_text(encoding="utf-8"))
    assert sorted(set(linked)) == COMPONENTS


@pytest.mark.parametrize("page", ["README.md", "README.ja.md"])
def test_the_readme_names_the_rate_that_the_image_allows(page: str) -> None:
    (rate,) = re.findall(r"\bRATE_LIMIT=(\d+)", (K8S.parent / "frontend/Dockerfile").read_text(encoding="utf-8"))
    (line,) = (line for line in (K8S / page).read_text(encoding="utf-8").splitlines() if "`RATE_LIMIT`" in line)
    assert re.findall(r"\d+", line)[-1] == rate


def trusted_proxies(objects: Objects) -> list[str]:
    """Whose X-Forwarded-For the frontend believes: a value, or none."""
    [frontend] = next(work for work in workloads(objects) if work.name == "frontend").containers
    return [one["value"] for one in frontend["env"] if one["name"] == "TRUSTED_PROXIES"]


def test_the_frontend_trusts_a_proxy_where_there_is_one_and_nobody_elsewhere() -> None:
    assert {name for name in COMPONENTS if trusted_proxies(combination((name,)))} == {"ingress", "gateway-route"}
    assert trusted_proxies(combination(())) == []
    assert len(trusted_proxies(combination(("gateway-route", "ingress")))) == 1


def as_its_readme_says(component: str, folder: Path) -> tuple[Object, ...]:
    """The base with a component, and with what its README would have an overlay say."""
    there = os.path.relpath(K8S, folder.resolve())
    said = [yaml.safe_load(block) for block in blocks(K8S / "components" / component / "README.md", "yaml")]
    kustomization = {
        "resources": [f"{there}/base"],
        "components": [f"{there}/components/{component}"],
        **{field: [one for block in said for one in block.get(field, ())] for field in ("images", "patches")},
    }
    (folder / "kustomization.yaml").write_text(json.dumps(kustomization))
    objects = build(folder)
    assert [mistakes(objects, version) for version in supported_versions()] == [[], []]
    return objects


@pytest.mark.parametrize("component", ["gateway-route", "ingress"])
def test_a_host_and_a_proxy_can_be_named(component: str, tmp_path: Path) -> None:
    objects = as_its_readme_says(component, tmp_path)
    assert "books.example.org" in json.dumps(objects)
    assert trusted_proxies(objects) == ["10.42.0.0/16"]


def test_a_library_can_be_named_by_digest_and_the_backend_given_the_memory_for_it(tmp_path: Path) -> None:
    backend = next(work for work in workloads(as_its_readme_says("library", tmp_path)) if work.name == "backend")
    first, serving = backend.containers
    assert first["image"] == f"ghcr.io/satomichi/k8s-practice-library:2026-11@sha256:{'0' * 64}"
    memory = {field: serving["resources"][field]["memory"] for field in ("requests", "limits")}
    assert memory == {"requests": "256Mi", "limits": "512Mi"}


@pytest.mark.parametrize("name", OVERLAYS)
def test_kubectl_renders_what_kustomize_does(name: str) -> None:
    kubectl = need("kubectl", "Debian's kubernetes-client, or see https://kubernetes.io/docs/tasks/tools/")
    done = subprocess.run(
        [kubectl, "kustomize", K8S / "overlays" / name], stdout=subprocess.PIPE, text=True, check=True
    )
    assert parse(done.stdout) == list(overlay(name))
