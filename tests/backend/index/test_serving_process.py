"""The process that serves needs no more than to read the index."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.backend.index.conftest import Command

SERVE = """
import json, sys
from pathlib import Path
import app.__main__
from app.api.app import create_app
from app.index.reader import IndexReader
from app.search.request import Deadline
from app.search.query import parse
from app.search.results import SearchRequest
from app.search.results import search
from app.settings import Settings

index = IndexReader.open(Path("index"))
create_app(Settings(), index)
hits = [search(index, SearchRequest(parse(text)), Deadline(5)).hits for text in ("lantern", "lanterm", '"to be"')]
try:
    Path("index/new").touch()
    writable = True
except OSError:
    writable = False
print(json.dumps({"hits": hits, "modules": sorted(sys.modules), "writable": writable}))
index.close()
"""
# It runs in a mount namespace of its own, since no permission stops root from writing.
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$1" && shift && exec "$@"'


def can_mount() -> bool:
    unshare = shutil.which("unshare")
    return unshare is not None and subprocess.run([unshare, "-m", "true"], capture_output=True).returncode == 0


@pytest.fixture
def served(command: Command, copied_index: Path) -> dict[str, object]:
    """The output of a process that searched an index it may not write to."""
    words = [sys.executable, "-c", SERVE]
    directories = [copied_index, *(path for path in copied_index.rglob("*") if path.is_dir())]
    for directory in directories:
        directory.chmod(0o555)
    before = listing(copied_index)
    if can_mount():
        words = ["unshare", "-m", "sh", "-c", READ_ONLY, str(copied_index), str(command.cwd), *words]
    done = subprocess.run(words, cwd=command.cwd, env=command.environment(), capture_output=True, text=True)
    (copied_index / "new").unlink(missing_ok=True)
    for directory in directories:
        directory.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert listing(copied_index) == before
    printed: dict[str, object] = json.loads(done.stdout)
    return printed


def test_it_searches_in_a_read_only_directory(served: dict[str, object]) -> None:
    assert served["hits"] == [4, 4, 1]
    if os.geteuid() != 0 or can_mount():
        assert not served["writable"]


def test_it_imports_nothing_that_only_a_build_needs(served: dict[str, object]) -> None:
    modules = served["modules"]
    assert isinstance(modules, list)
    assert "tantivy" in modules
    assert not {"nltk", "numpy", "sklearn", "rich", "tqdm"}.intersection(modules)


def listing(directory: Path) -> dict[str, tuple[int, int]]:
    files = (path for path in directory.rglob("*") if path.name != "new")
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in files}
