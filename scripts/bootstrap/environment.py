"""The Python environment in .venv, with exactly the packages of a lock file."""

import os
import sys
from pathlib import Path

from bootstrap import stamps
from bootstrap.processes import ROOT, Command, call, say

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / ".locks"

BUILD = ROOT / "backend/requirements-build.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"
BENCH = ROOT / "tests/bench/requirements.txt"  # installed on top of DEVELOPMENT
# Whoever has the first has the others too.
CONTAINED = {BUILD: [BUILD], DEVELOPMENT: [DEVELOPMENT, BUILD], BENCH: [BENCH, DEVELOPMENT, BUILD]}


def install(lock: Path) -> None:
    """Makes the environment hold the packages of the lock. Does nothing when it already does."""
    if not PYTHON.exists() or not STAMP.exists():
        _create()
    if _digest(lock) in stamps.read(STAMP):
        return
    say(f"Installing Python packages ({lock.relative_to(ROOT)})")
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes")
    call(Command((*pip, "--requirement", lock)), "The Python packages could not be installed, for the reason above.")
    stamps.write(STAMP, *map(_digest, CONTAINED[lock]))


def python(*arguments: str | Path, **variables: str) -> Command:
    """The environment's Python, which finds the repository's code, with these environment variables added."""
    path = os.pathsep.join(str(ROOT / folder) for folder in ("backend", "scripts"))
    return Command((PYTHON, *arguments), env={**os.environ, "PYTHONPATH": path, **variables})


def _create() -> None:
    say(f"Making the Python environment ({VENV.relative_to(ROOT)}, Python {sys.version.split()[0]})")
    call(Command((sys.executable, "-m", "venv", "--clear", VENV)), "The Python environment could not be made.")
    stamps.write(STAMP)


def _digest(lock: Path) -> str:
    return stamps.digest([lock], ROOT)
