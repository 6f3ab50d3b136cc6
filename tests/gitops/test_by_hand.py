"""The deploy workflow, started by hand: its own step, with the inputs that its page offers."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import need
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import OWNER, ROOT, SLUG, Clone, new_remote
from tests.rehearsal.workflow import run_steps, runner

Start = Callable[..., None]


@pytest.fixture
def clone(tmp_path: Path, registry: TestRegistry) -> Clone:
    """The clone of gitops/conftest.py, with a second overlay that follows the first."""
    made = new_remote(tmp_path, registry, (OWNER, "production"))
    (made.path / "k8s/overlays/production/gitops.yaml").write_text(f"follows: {OWNER}\n")
    return made


@pytest.fixture
def start(clone: Clone, tmp_path: Path) -> Start:
    need("kustomize", "kustomize")
    (clone.path / "scripts").symlink_to(ROOT / "scripts")
    (clone.path / ".git/info/exclude").write_text("/scripts\n")
    own = {"GITHUB_REPOSITORY": SLUG, "GITOPS_REGISTRY": clone.registry.host}
    environment = runner(tmp_path, str(Path(sys.executable).parent)) | own

    def run(action: str, **inputs: str) -> None:
        given = {f"inputs.{name}": value for name, value in inputs.items()}
        always = {"inputs.action || 'update'": action, "github.event.repository.default_branch": "main"}
        run_steps("gitops-deploy.yml", "deploy", clone.path, given | always, environment, only="Deploy")

    return run


def test_each_action_does_what_it_says(clone: Clone, start: Start) -> None:
    old, new = clone.commit("backend"), clone.commit("frontend")
    for commit in (old, new):
        for component in ("backend", "frontend"):
            clone.build(component, commit)
    both = {"backend": new, "frontend": new}
    start("update", component="both")
    assert clone.deployed() == both
    start("rollback", overlay=OWNER, component="backend", commit=old, reason="search is slow")
    start("update", component="both")
    assert clone.deployed() == both | {"backend": old}
    start("promote", overlay="production", component="both")
    assert clone.deployed("production") == both | {"backend": old}
    start("release", overlay=OWNER, component="both")
    start("hold", overlay=OWNER, component="frontend", reason="exam")
    newest = clone.commit("frontend")
    clone.build("backend", newest)
    clone.build("frontend", newest)
    start("update", overlay=OWNER, component="both")
    assert clone.deployed() == {"backend": newest, "frontend": new}


def test_a_missing_input_is_named(start: Start) -> None:
    with pytest.raises(AssertionError, match="--overlay"):
        start("rollback", component="both")
    with pytest.raises(AssertionError, match="--reason"):
        start("hold", overlay=OWNER, component="both")
