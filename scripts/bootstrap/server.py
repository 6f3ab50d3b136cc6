"""The application: its port, its index and its server."""

import os
import shlex
import shutil
import socket
import subprocess
from contextlib import suppress

from bootstrap import page
from bootstrap.environment import PYTHON, python
from bootstrap.processes import ROOT, CommandError, call, say, side_by_side

API_PORT = 8000
PAGE_PORT = 5173
CORPUS = ROOT / "build/nltk_data"


def port() -> int:
    """The port to serve on: GUTENBERG_PORT or PORT, else 8080. Raises CommandError when it is no port or is taken."""
    name = "GUTENBERG_PORT" if os.environ.get("GUTENBERG_PORT") else "PORT"
    value = os.environ.get(name) or "8080"
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 2**16):
        raise CommandError(f"{name} is {value!r}, but a port is a number from 1 to 65535.")
    check_free(int(value), f"choose another, for example: make run {name}=8081")
    return int(value)


def check_free(number: int, advice: str) -> None:
    """Raises CommandError, with the advice, when a program already listens on the port."""
    try:
        socket.create_connection(("127.0.0.1", number), timeout=0.5).close()
    except OSError:
        return
    raise CommandError(f"Port {number} is used by another program: {advice}")


def fetch_corpus() -> None:
    """Fetches the corpus to where the index's build, and the tests, look for it. Quick when it is there."""
    call(python("-m", "app.index", "fetch", CORPUS), "The corpus could not be fetched, for the reason above.")


def build_index() -> None:
    """Finds or fetches the corpus and indexes it. Quick when the index matches its corpus."""
    call(python("-m", "app.index", "build", "--if-needed"), "The index could not be built, for the reason above.")


def serve(number: int) -> None:
    """Serves the API and the built page until Ctrl-C."""
    say(f"Serving at http://localhost:{number} (Ctrl-C stops it)")
    variables = {"GUTENBERG_PORT": str(number), "GUTENBERG_PAGE_DIR": str(page.DIST), "GUTENBERG_COMMIT": _commit()}
    with suppress(KeyboardInterrupt):
        call(python("-m", "app", **variables), "The server could not go on, for the reason above.")


def serve_reloading() -> None:
    """Serves the API and the page apart, each anew when its code changes, until Ctrl-C."""
    say(f"Serving at http://localhost:{PAGE_PORT} (Ctrl-C stops it)")
    application = shlex.join([PYTHON.as_posix(), "-m", "app"])
    options = ("--target-type", "command", "--filter", "python")
    api = python("-m", "watchfiles", *options, application, "backend/app", GUTENBERG_PORT=str(API_PORT))
    with suppress(KeyboardInterrupt):
        side_by_side(api, page.vite())


def _commit() -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    head = subprocess.run([git, "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return head.stdout.strip()
