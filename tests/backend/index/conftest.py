"""Commands as a person runs them, and a small index to spoil."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


class Command:
    """`python -m` with the backend's modules, in a directory of its own."""

    def __init__(self, cwd: Path) -> None:
        self.cwd = cwd

    def environment(self, **variables: str) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("GUTENBERG_")}
        return {**ours, "PYTHONPATH": str(ROOT / "backend"), **variables}

    def run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs the command to its end."""
        return subprocess.run(
            [sys.executable, "-m", *words],
            cwd=self.cwd,
            env=self.environment(**variables),
            capture_output=True,
            text=True,
        )

    def start(self, *words: str, **variables: str) -> subprocess.Popen[str]:
        """Starts the command, and leaves it running."""
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=self.cwd,
            env=self.environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


@pytest.fixture
def copied_index(small_index_dir: Path, tmp_path: Path) -> Path:
    """A whole index that the test may change."""
    return Path(shutil.copytree(small_index_dir, tmp_path / "index"))
