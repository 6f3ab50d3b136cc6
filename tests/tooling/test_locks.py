"""The lock files hold what the projects name, agree with each other, and work with any mirror of the registries."""

import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
RUN_TIME = "backend/requirements.txt"
BUILD = "backend/requirements-build.txt"
GITOPS = "scripts/gitops/requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
BENCH = "tests/bench/requirements.txt"
PYTHON_LOCKS = [RUN_TIME, BUILD, GITOPS, DEVELOPMENT, BENCH]
PAGE_LOCK = "frontend/package-lock.json"


@dataclass
class Pin:
    """A locked package: its versions (more than one where it depends on the platform), hashes, and what wants it."""

    versions: set[str] = field(default_factory=set)
    hashes: int = 0
    wanted_by: str = ""


def read_lock(path: str) -> dict[str, Pin]:
    pins: dict[str, Pin] = {}
    name = ""
    for line in (ROOT / path).read_text().splitlines():
        if line.startswith("#"):
            continue
        if line[0].isalnum():
            requirement = Requirement(line.removesuffix("\\").strip())
            name = canonicalize_name(requirement.name)
            pins.setdefault(name, Pin()).versions.add(str(requirement.specifier).removeprefix("=="))
        elif "--hash=sha256:" in line:
            pins[name].hashes += 1
        else:
            pins[name].wanted_by += line
    return pins


def declared(lock: str) -> list[Requirement]:
    """The packages that the projects name for this lock."""
    backend, gitops = (_project(folder)["project"] for folder in ("backend", "scripts/gitops"))
    build = backend["optional-dependencies"]["build"]
    groups = _project(".")["dependency-groups"]
    names: list[str] = {
        RUN_TIME: backend["dependencies"],
        BUILD: backend["dependencies"] + build,
        GITOPS: gitops["dependencies"],
        DEVELOPMENT: backend["dependencies"] + build + gitops["dependencies"] + groups["dev"],
        BENCH: groups["bench"],
    }[lock]
    return [Requirement(name) for name in names]


def _project(folder: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / folder / "pyproject.toml").read_text())


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_the_lock_holds_exactly_the_packages_that_the_projects_name(lock: str) -> None:
    wanted_by_us = {name for name, pin in read_lock(lock).items() if "pyproject.toml" in pin.wanted_by}
    assert wanted_by_us == {canonicalize_name(requirement.name) for requirement in declared(lock)}, "run: make lock"


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_the_locked_versions_are_those_that_the_projects_allow(lock: str) -> None:
    pins = read_lock(lock)
    for requirement in declared(lock):
        for version in pins[canonicalize_name(requirement.name)].versions:
            assert requirement.specifier.contains(version, prereleases=True), f"{requirement}: run make lock"


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    assert [name for name, pin in read_lock(lock).items() if not pin.hashes] == []


@pytest.mark.parametrize(("smaller", "larger"), [(RUN_TIME, BUILD), (BUILD, DEVELOPMENT), (GITOPS, DEVELOPMENT)])
def test_the_tested_packages_are_those_that_ship(smaller: str, larger: str) -> None:
    all_pins = read_lock(larger)
    for name, pin in read_lock(smaller).items():
        assert all_pins[name].versions == pin.versions, f"{name} differs: run make lock"
        assert all_pins[name].hashes == pin.hashes


@pytest.mark.parametrize("lock", [*PYTHON_LOCKS, PAGE_LOCK])
def test_no_lock_names_a_registry_or_a_folder(lock: str) -> None:
    addresses = re.compile(r'"resolved"|https?://\S+(?:\.tgz|\.whl|/simple)|file:|--\S*(?:index-url|find-links)')
    assert addresses.findall((ROOT / lock).read_text()) == []


def test_the_page_locks_the_packages_that_it_names() -> None:
    locked = json.loads((ROOT / PAGE_LOCK).read_text())["packages"]
    named = json.loads((ROOT / "frontend/package.json").read_text())
    for kind in ("dependencies", "devDependencies"):
        assert locked[""].get(kind, {}) == named.get(kind, {}), "run: make lock"
        for name, version in named.get(kind, {}).items():
            assert locked[f"node_modules/{name}"]["version"] == version, f"{name} is not locked as named: run make lock"
