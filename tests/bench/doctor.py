"""Measure `gitops doctor` on classes of several sizes: python -m tests.bench.doctor"""

import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from gitops.doctor import reading
from gitops.doctor.table import examine
from gitops.git import Git
from gitops.operations.context import Context
from gitops.operations.students import AddStudents
from gitops.registry import open_registry
from gitops.repository import Repository
from tests.bench.bars import linear

ROOT = Path(__file__).resolve().parents[2]
OVERLAYS = (100, 200, 300)


def main() -> int:
    seconds = {count: _examine(count) for count in OVERLAYS}
    print("gitops doctor, every overlay is rendered and examined")
    for count, taken in seconds.items():
        print(f"  {count} overlays: {taken:.1f} s, {1000 * taken / count:.0f} ms per overlay")
    bar = linear("gitops doctor: time per overlay", seconds)
    print(bar)
    return 0 if bar.passed else 1


def _examine(overlays: int) -> float:
    with TemporaryDirectory(prefix="gitops-bench-") as folder:
        tree = Path(folder)
        for name in ("k8s", ".github"):
            shutil.copytree(ROOT / name, tree / name)
        subprocess.run(["git", "init", "--quiet", tree], check=True)
        _add_students(Git(tree), overlays)
        began = time.perf_counter()
        findings = examine(reading.read(Git(tree), "origin", "main", "satomichi/k8s-practice", rendering=True))
        assert not [one for one in findings if one.decided], findings
        return time.perf_counter() - began


def _add_students(tree: Git, count: int) -> None:
    registry = open_registry("ghcr.io", environment={})
    context = Context(Repository("satomichi", "k8s-practice"), registry)
    AddStudents(context, [f"student-{number:03}" for number in range(count)])(tree, "HEAD")
    registry.close()


if __name__ == "__main__":
    sys.exit(main())
