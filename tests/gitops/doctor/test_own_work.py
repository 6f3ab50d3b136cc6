"""The doctor finds nothing in what gitops itself writes: a fork's manifests, and those of a class."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gitops.doctor import checkout_reader
from gitops.doctor.all_checks import examine
from gitops.doctor.checkout import Checkout
from gitops.git.change import Heads
from gitops.git.client import Git
from gitops.git.repository import Repository
from gitops.operations import retarget
from gitops.operations.context import Context
from gitops.operations.students import AddStudents
from gitops.overlays import store
from gitops.registry import open_registry
from tests.gitops.doctor.repositories import REMOTE, ROOT, real

FORK = Repository("Another-Owner", "renamed-practice")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the manifests, to be changed."""
    shutil.copytree(ROOT / "k8s", tmp_path / "k8s")
    return tmp_path


@pytest.fixture
def fork() -> Iterator[Context]:
    registry = open_registry("ghcr.io", environment={})
    yield Context(FORK, registry)
    registry.close()


def checkout(tree: Path, remote: Repository) -> Checkout:
    """This repository with the manifests of the tree."""
    manifests = {file.relative_to(tree).as_posix() for file in tree.rglob("*") if file.is_file()}
    others = {path: text for path, text in real().files.items() if not path.startswith("k8s/")}
    return replace(
        real(),
        files=others | checkout_reader.texts(tree, manifests),
        paths=frozenset(others) | manifests,
        remote=remote,
        rendered=checkout_reader.render_all(tree, store.names(tree)),
    )


def findings(tree: Path, remote: Repository) -> set[str]:
    return {finding.check.id for finding in examine(checkout(tree, remote))}


def test_a_fork_that_was_not_retargeted_is_told_so(tree: Path) -> None:
    assert findings(tree, FORK) == {"images-belong-to-this-repository", "applications-follow-this-repository"}


def test_a_fork_that_was_retargeted_is_healthy(tree: Path, fork: Context) -> None:
    retarget.apply(tree, fork)
    assert findings(tree, FORK) == set()


def test_a_class_is_healthy(tree: Path, fork: Context) -> None:
    AddStudents(replace(fork, repository=REMOTE), ["ada", "grace-2", "123"])(Git(tree), Heads("HEAD", "HEAD"))
    assert findings(tree, REMOTE) == set()
