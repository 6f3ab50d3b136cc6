"""A registry for all tests of a process, and for each test a remote of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gitops.support import registry as registries
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import Clone, new_remote


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestRegistry]:
    with registries.running(tmp_path_factory.mktemp("registry")) as running:
        yield running


@pytest.fixture
def clone(tmp_path: Path, registry: TestRegistry) -> Clone:
    """A clone of a new remote; nothing is built or deployed."""
    return new_remote(tmp_path, registry)
