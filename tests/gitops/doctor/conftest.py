from collections.abc import Iterator
from functools import cache

import pytest

from gitops.doctor import checkout, nodes


@pytest.fixture(scope="package", autouse=True)
def parse_each_text_once() -> Iterator[None]:
    """The repositories differ from each other in one file or two."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkout, "parse", cache(nodes.parse))
        yield
