"""A cluster that the environment names, with an overlay deployed in it. Without one these tests are left out."""

from collections.abc import Iterator

import pytest

from bootstrap.cluster import endpoints
from bootstrap.processes import CommandError
from tests.cluster.loop import Loop, running


@pytest.fixture(scope="session")
def loop() -> Iterator[Loop]:
    """Deployed and healthy, in a repository that is made for these tests and taken away after them."""
    try:
        endpoints.current().check()
    except CommandError as error:
        pytest.skip(f"no cluster: {error}")
    with running(crowded=True) as made:
        yield made
