"""A registry for all tests, and for each test a remote of its own whose images nobody else pushes."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.gitops.support import registry as registries
from tests.gitops.support.registry import TestRegistry
from tests.gitops.support.sandbox import Clone, new_remote

# Other processes share the cores, so an example may take its time.
settings.register_profile("gitops", deadline=None, suppress_health_check=[HealthCheck.too_slow])

_numbers = itertools.count()


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestRegistry]:
    with registries.running(tmp_path_factory.mktemp("registry")) as running:
        yield running


@pytest.fixture
def clone(tmp_path: Path, registry: TestRegistry) -> Clone:
    """A clone of a new remote; nothing is built or deployed."""
    return new_remote(tmp_path, registry)
