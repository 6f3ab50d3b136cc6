"""The page: its Node packages, its build and its tools."""

from collections.abc import Iterator
from pathlib import Path

from bootstrap import stamps, tools
from bootstrap.processes import ROOT, Command, call, say

FRONTEND = ROOT / "frontend"
DIST = FRONTEND / "dist"
NOT_SOURCES = {"node_modules", "dist", "coverage"}


def install() -> None:
    """Makes frontend/node_modules hold the packages of the lock. Does nothing when it already does."""
    lock = stamps.digest([FRONTEND / "package-lock.json"], FRONTEND)
    stamp = FRONTEND / "node_modules/.lock"
    if lock in stamps.read(stamp):
        return
    say("Installing Node packages (frontend/package-lock.json)")
    packages = Command((tools.path("npm"), "ci", "--no-audit", "--no-fund"), cwd=FRONTEND)
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
    command = Command((tools.path("npm"), "install", "--package-lock-only", "--no-audit", "--no-fund"), cwd=FRONTEND)
    call(command, "The Node packages could not be locked, for the reason above.")


def npm(script: str) -> Command:
    """A script of frontend/package.json."""
    return Command((tools.path("npm"), "run", "--silent", script), cwd=FRONTEND)


def vite() -> Command:
    """The page's development server, without npm between it and the signals that stop it."""
    program = FRONTEND / "node_modules/vite/bin/vite.js"
    return Command((tools.path("node"), program), cwd=FRONTEND)


def _sources() -> Iterator[Path]:
    for top in sorted(FRONTEND.iterdir()):
        if top.name not in NOT_SOURCES:
            yield from [top] if top.is_file() else sorted(file for file in top.rglob("*") if file.is_file())
