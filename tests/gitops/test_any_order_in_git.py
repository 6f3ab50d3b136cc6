"""The rules of test_any_order.py with real git and a real registry, in fewer steps."""

import itertools
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from gitops.git import change
from gitops.git.change import Edit, Heads, Operation, Remote
from gitops.git.client import Git
from gitops.git.repository import Repository
from gitops.operations.context import Context
from gitops.operations.holds import Hold, Release
from gitops.operations.rollback import Rollback
from gitops.operations.update import Update
from gitops.registry import open_registry
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import Clone, copy_remote

component = st.sampled_from(["backend", "frontend"])
_numbers = itertools.count()


class InGit(RuleBasedStateMachine):
    pristine: Clone
    registry: TestRegistry

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        owner = f"owner{next(_numbers)}"
        self.people = copy_remote(self.pristine, Path(self.folder.name))
        self.people.owner = owner
        git = Git(self.people.path, self.people.environment)
        self.remote = Remote(git)
        self.made: dict[str, list[str]] = {"backend": [], "frontend": []}
        self.built: dict[str, set[str]] = {"backend": set(), "frontend": set()}
        self.held: set[str] = set()
        self._run(Update)  # retargets

    @rule(name=component)
    def push(self, name: str) -> None:
        self.made[name].append(self.people.commit(name))

    @rule(name=component, data=st.data())
    def build_ends(self, name: str, data: st.DataObject) -> None:
        if waiting := [commit for commit in self.made[name] if commit not in self.built[name]]:
            commit = data.draw(st.sampled_from(waiting))
            self.people.build(name, commit)
            self.built[name].add(commit)

    @rule()
    def deploy(self) -> None:
        self._run(Update)

    @rule(name=component)
    def deploy_while_somebody_pushes(self, name: str) -> None:
        first = itertools.count()

        def overtaken(context: Context) -> Operation:
            def update(tree: Git, heads: Heads) -> Edit:
                edit = Update(context)(tree, heads)
                if next(first) == 0:
                    self.push(name)
                return edit

            return update

        self._run(overtaken)

    @rule(name=component)
    def hold(self, name: str) -> None:
        self._run(lambda _: Hold(self._overlay, name, "wait"))
        self.held.add(name)

    @rule(name=component)
    def release(self, name: str) -> None:
        self._run(lambda _: Release(self._overlay, name))
        self.held.discard(name)

    @precondition(lambda self: any(self.built.values()))
    @rule(name=component, data=st.data())
    def roll_back(self, name: str, data: st.DataObject) -> None:
        if self.built[name]:
            commit = data.draw(st.sampled_from(sorted(self.built[name], key=self.made[name].index)))
            self._run(lambda context: Rollback(context, self._overlay, name, commit))
            self.held.add(name)

    def teardown(self) -> None:
        if hasattr(self, "remote"):
            with self.folder:
                self._check()

    def _check(self) -> None:
        before = self.people.deployed(self._overlay)
        self._run(Update)
        commits = len(self.people.commits())
        self._run(Update)
        assert len(self.people.commits()) == commits
        for name, deployed in self.people.deployed(self._overlay).items():
            if name in self.held:
                assert deployed == before[name]
            elif self.built[name]:
                assert deployed == max(self.built[name], key=self.made[name].index)
        self._check_every_commit()

    def _check_every_commit(self) -> None:
        for commit in self.people.git("log", "--format=%H", "--", "k8s/overlays").split():
            text = (
                self.people.git("show", f"{commit}:k8s/overlays/{self._overlay}/kustomization.yaml")
                if (self._overlay in self.people.git("ls-tree", "--name-only", f"{commit}:k8s/overlays"))
                else ""
            )
            tags = [line.split("sha-")[1] for line in text.splitlines() if "newTag" in line]
            for name, tag in zip(("backend", "frontend"), tags, strict=False):
                assert set(tag) == {"0"} or tag in self.built[name], f"{commit} names an image that does not exist"

    @property
    def _overlay(self) -> str:
        return self.people.owner

    def _run(self, operation: Callable[[Context], Operation]) -> None:
        with closing(open_registry(self.registry.host, environment={})) as registry:
            context = Context(Repository(self.people.owner, "k8s-practice"), registry)
            change.commit(self.remote, operation(context), rendering=False)


def test_any_order_in_git(clone: Clone, registry: TestRegistry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gitops.git.change.time.sleep", lambda seconds: None)
    monkeypatch.setattr(InGit, "pristine", clone, raising=False)
    monkeypatch.setattr(InGit, "registry", registry, raising=False)
    run_state_machine_as_test(
        InGit,
        settings=settings(max_examples=5, stateful_step_count=10, suppress_health_check=list(HealthCheck)),
    )
