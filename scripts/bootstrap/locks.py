"""The lock files of the Python packages: for every platform, with hashes, and without the address of a registry."""

import os
from collections.abc import Sequence

from bootstrap.environment import PYTHON
from bootstrap.processes import Command, call, say

COMPILE = (
    *("-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--custom-compile-command", "make lock"),
)
# Each is constrained by the one before it, so that what is tested is what ships.
SOURCES: dict[str, tuple[str, ...]] = {
    "backend/requirements.txt": ("backend/pyproject.toml",),
    "backend/requirements-build.txt": (
        *("backend/pyproject.toml", "--extra", "build", "--constraints", "backend/requirements.txt"),
    ),
    "scripts/gitops/requirements.txt": (
        *("scripts/gitops/pyproject.toml", "--constraints", "backend/requirements-build.txt"),
    ),
    "requirements-dev.txt": (
        *("backend/pyproject.toml", "--extra", "build", "scripts/gitops/pyproject.toml"),
        *("--group", "pyproject.toml:dev"),
        *("--constraints", "backend/requirements-build.txt", "--constraints", "scripts/gitops/requirements.txt"),
    ),
    "tests/bench/requirements.txt": ("--group", "pyproject.toml:bench", "--constraints", "requirements-dev.txt"),
}


def write(options: Sequence[str]) -> None:
    """Compiles every lock; `options` go to uv, which keeps the locked versions unless told --upgrade."""
    # A folder of wheels on this machine would add hashes that nobody else can find.
    env = {name: value for name, value in os.environ.items() if name != "UV_FIND_LINKS"}
    for lock, source in SOURCES.items():
        say(f"Locking {lock}")
        uv = (str(PYTHON), *COMPILE, *source, *options, "--output-file", lock)
        call(Command(uv, env=env), "The packages could not be locked, for the reason above.")
