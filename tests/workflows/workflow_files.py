"""The workflows, as values."""

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML

from bootstrap.processes import ROOT

FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))

Workflow = dict[str, Any]


def read_workflow(name: str) -> Workflow:
    document: Workflow = YAML(typ="safe").load(ROOT / ".github/workflows" / name)
    return document


WORKFLOWS = {file.name: read_workflow(file.name) for file in FILES}


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for file, workflow in WORKFLOWS.items():
        for name, job in workflow["jobs"].items():
            yield f"{file}:{name}", job


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in jobs():
        for number, step in enumerate(job.get("steps", [])):
            yield f"{name}:{number}", step


def step(job: dict[str, Any], what: str) -> dict[str, Any]:
    """The job's step with this id, or with this action, whatever its version."""
    named = (step for step in job["steps"] if what in (step.get("id"), step.get("uses", "").partition("@")[0]))
    found: dict[str, Any] = next(named)
    return found
