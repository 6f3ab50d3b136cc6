"""The page: its Node packages, its build and its tools."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bootstrap import stamps
from bootstrap.processes import ROOT, Command, CommandError, call, say

FRONTEND = ROOT / "frontend"
DIST = FRONTEND / "dist"
NODE = (20, 19)
NOT_SOURCES = {"node_modules", "dist", "coverage"}


def install() -> None:
    """Makes frontend/node_modules hold the packages of the lock. Does nothing when it already does."""
    _check_node()
    lock = stamps.digest([FRONTEND / "package-lock.json"], FRONTEND)
    stamp = FRONTEND / "node_modules/.lock"
    if lock in stamps.read(stamp):
        return
    say("Installing Node packages (frontend/package-lock.json)")
    packages = Command((_tool("npm"), "ci", "--no-audit", "--no-fund"), cwd=FRONTEND)
    call(packages, "The Node packages could not be installed, for the reason above.")
    stamp.parent.mkdir(exist_ok=True)
    stamps.write(stamp, lock)


def build() -> None:
    """Builds the page into frontend/dist. Does nothing when its sources have not changed since."""
    install()
    sources = stamps.digest(_sources(), FRONTEND)
    stamp = DIST / ".sources"
    if sources in stamps.read(stamp):
        return
    say("Building the page (frontend/dist)")
    call(npm("build"), "The page could not be built, for the reason above.")
    stamps.write(stamp, sources)


def lock() -> None:
    """Writes frontend/package-lock.json anew from frontend/package.json."""
    say("Locking frontend/package-lock.json")
    command = Command((_tool("npm"), "install", "--package-lock-only", "--no-audit", "--no-fund"), cwd=FRONTEND)
    call(command, "The Node packages could not be locked, for the reason above.")


def npm(script: str) -> Command:
    """A script of frontend/package.json."""
    return Command((_tool("npm"), "run", "--silent", script), cwd=FRONTEND)


def vite(**variables: str) -> Command:
    """The page's development server, without npm between it and the signals that stop it."""
    program = FRONTEND / "node_modules/vite/bin/vite.js"
    return Command((_tool("node"), program), cwd=FRONTEND, env={**variables, **os.environ})


def _sources() -> Iterator[Path]:
    for top in sorted(FRONTEND.iterdir()):
        if top.name not in NOT_SOURCES:
            yield from [top] if top.is_file() else sorted(file for file in top.rglob("*") if file.is_file())


def _check_node() -> None:
    needed = ".".join(map(str, NODE))
    answer = subprocess.run([_tool("node"), "--version"], capture_output=True, text=True).stdout.strip()
    found = re.match(r"v(\d+)\.(\d+)", answer)
    if not found or (int(found[1]), int(found[2])) < NODE:
        raise CommandError(
            f"Node {answer or 'of unknown version'} is too old, {needed} or newer is needed: https://nodejs.org"
        )


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise CommandError(f"{name} is missing, install Node {'.'.join(map(str, NODE))} or newer: https://nodejs.org")
    return path
