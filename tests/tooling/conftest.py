"""A small checkout with our real tools, so that every command can run for real, quickly and without a network."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SERVER = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(print("server asked to end", flush=True)))
try:
    print("server", os.environ["GUTENBERG_PORT"], os.environ["GUTENBERG_PAGE_DIR"], flush=True)
    time.sleep(float(os.environ.get("SERVE_SECONDS", "0")))
except KeyboardInterrupt:
    time.sleep(0.5)
    print("server interrupted", flush=True)
"""
INDEX = "import sys; print('index', *sys.argv[1:])"
BUILD = "fs = require('fs'); fs.mkdirSync('dist', {recursive: true}); fs.writeFileSync('dist/index.html', 'page')"
PACKAGE = {"name": "page", "version": "0.0.0", "scripts": {"build": "node build.js"}}
LOCK = {"name": "page", "version": "0.0.0", "lockfileVersion": 3, "packages": {"": {"name": "page"}}}


@dataclass(frozen=True)
class Checkout:
    path: Path

    def command(self, *words: str) -> list[str]:
        return [sys.executable, str(self.path / "scripts/dev.py"), *words]

    def run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs the command and returns its status and what it said; stderr is in stdout, in order."""
        return subprocess.run(
            self.command(*words),
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def write(self, path: str, text: str) -> None:
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def new_checkout(folder: Path) -> Checkout:
    new = Checkout(folder / "a check-out")
    shutil.copytree(ROOT / "scripts", new.path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    new.write("backend/requirements-build.txt", "# no packages\n")
    new.write("requirements-dev.txt", "# no packages, and no tools\n")
    new.write("backend/app/__init__.py", "")
    new.write("backend/app/__main__.py", SERVER)
    new.write("backend/app/index.py", INDEX)
    new.write("frontend/package.json", json.dumps(PACKAGE))
    new.write("frontend/package-lock.json", json.dumps(LOCK))
    new.write("frontend/build.js", BUILD)
    return new


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout as git makes it."""
    return new_checkout(tmp_path)


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checkout, str]:
    """A checkout in which `run` has run once, not to be changed, and what it said."""
    new = new_checkout(tmp_path_factory.mktemp("first-run"))
    return new, new.run("run", GUTENBERG_PORT="8931").stdout


@pytest.fixture
def used_checkout(first_run: tuple[Checkout, str], tmp_path: Path) -> Checkout:
    """A copy of the checkout as `run` has left it."""
    return Checkout(shutil.copytree(first_run[0].path, tmp_path / "a check-out", symlinks=True))
