"""Python and Node have the same versions wherever the project names them: the oldest, and those it is built with."""

import json
import re
import tomllib
from collections.abc import Iterator

import pytest

from bootstrap import tools
from bootstrap.processes import ROOT
from tests.workflows.workflow_files import steps

POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)[*+?]\+")
OLDEST_NODE = ".".join(map(str, tools.OLDEST_NODE))
OLDEST_PYTHON = "3.11"


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def prepared(action: str, key: str) -> Iterator[str]:
    """The versions that the steps of the workflows ask for, but for those that a matrix gives."""
    asked = (str(step["with"][key]) for _, step in steps() if step.get("uses", "").startswith(f"actions/{action}@"))
    return (version for version in asked if not version.startswith("${{"))


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_a_readme_names_the_oldest_versions(readme: str) -> None:
    text = read(readme)
    assert re.findall(r"Python ([\d.]+)", text)[0] == OLDEST_PYTHON
    assert re.findall(r"Node\.js ([\d.]+)", text)[0] == OLDEST_NODE


def test_the_packages_ask_for_the_oldest_versions() -> None:
    assert json.loads(read("frontend/package.json"))["engines"]["node"] == f">={OLDEST_NODE}"
    for project in ("backend/pyproject.toml", "scripts/gitops/pyproject.toml"):
        assert tomllib.loads(read(project))["project"]["requires-python"] == f">={OLDEST_PYTHON}"
    assert tomllib.loads(read("pyproject.toml"))["tool"]["mypy"]["python_version"] == OLDEST_PYTHON


def test_the_workflows_use_the_versions_that_the_images_are_built_with() -> None:
    (node,) = set(re.findall(r"^FROM .*\bnode:(\d+)-", read("frontend/Dockerfile"), re.MULTILINE))
    (python,) = set(re.findall(r"^FROM .*\bpython:(\d+\.\d+)-", read("backend/Dockerfile"), re.MULTILINE))
    assert set(prepared("setup-node", "node-version")) == {node}
    assert set(prepared("setup-python", "python-version")) == {python}


def test_no_group_of_a_pattern_is_repeated_possessively() -> None:
    """Python before 3.11.5 goes on at the wrong character after one (python/cpython#106052); Debian 12 has 3.11.2."""
    sources = [path for folder in ("backend/app", "scripts") for path in (ROOT / folder).rglob("*.py")]
    assert sources
    assert [path for path in sources if POSSESSIVE_GROUP.search(path.read_text(encoding="utf-8"))] == []
