"""The backend's packages for a processor that is not the builder's, without anything to emulate it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.containers.engine import docker

# The processor of an ELF file, which e_machine says in its bytes 18 and 19.
AARCH64 = b"\xb7\x00"


@pytest.fixture
def packages(engine: None, tmp_path: Path) -> Iterator[Path]:
    """What the image for arm64 gets, made by the stage of that name."""
    image = docker("build", "--quiet", "--platform=linux/arm64", "--target=packages", "--file=backend/Dockerfile", ".")
    container = docker("create", "--platform=linux/arm64", image)
    try:
        docker("cp", f"{container}:/venv", str(tmp_path))
        yield tmp_path / "venv"
    finally:
        docker("rm", container)
        docker("rmi", image)


@pytest.mark.timeout(600)
def test_every_compiled_package_is_for_the_image_s_processor(packages: Path) -> None:
    libraries = list(packages.rglob("*.so"))
    assert any("tantivy" in library.parts for library in libraries)
    assert {library.read_bytes()[18:20] for library in libraries} == {AARCH64}
