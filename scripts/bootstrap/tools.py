"""The tools that the machine must have: Python with its venv module, and Node."""

import importlib.util
import re
import shutil
import subprocess

from bootstrap.processes import CommandError

OLDEST_NODE = (20, 19)
NODE_ADVICE = f"Node {'.'.join(map(str, OLDEST_NODE))} or newer is needed, see https://nodejs.org"


def check() -> None:
    """Raises CommandError that names the first tool that is missing or too old, and how to get it."""
    if importlib.util.find_spec("ensurepip") is None:
        raise CommandError("This Python has no venv module, install it first: sudo apt-get install python3-venv")
    answer = subprocess.run([path("node"), "--version"], capture_output=True, text=True).stdout.strip()
    version = re.match(r"v(\d+)\.(\d+)", answer)
    if version is None or (int(version[1]), int(version[2])) < OLDEST_NODE:
        raise CommandError(f"Node {answer or 'of unknown version'} is too old: {NODE_ADVICE}")
    path("npm")


def path(name: str) -> str:
    """Where the tool is. Raises CommandError when it is nowhere on PATH."""
    program = shutil.which(name)
    if program is None:
        raise CommandError(f"{name} is missing: {NODE_ADVICE}")
    return program
