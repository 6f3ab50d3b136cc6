"""Measure `gitops doctor` on classes of several sizes: python -m tests.bench.doctor"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from gitops.doctor import checkout_reader
from gitops.doctor.all_checks import examine
from gitops.git.change import Heads
from gitops.git.client import Git
from gitops.git.repository import Repository
from gitops.operations.context import Context
from gitops.operations.students import AddStudents
from gitops.registry import open_registry
from tests.bench.bars import per_overlay
from tests.bench.timing import Spent, spent

ROOT = Path(__file__).resolve().parents[2]
OVERLAYS = (30, 200, 1_000)
UNLIKE = 30


def main() -> int:
    taken = {count: _examine(count) for count in OVERLAYS}
    print("gitops doctor; every overlay is examined, and of those that are alike one is rendered")
    for count, cost in taken.items():
        print(f"  {count} overlays: {cost.clock:.1f} s; each {cost.per(count)}")
    print(f"  {UNLIKE} of which kustomize renders each: {_examine(UNLIKE, unlike=True).per(UNLIKE)}")
    bars = list(per_overlay("gitops doctor", taken))
    print(*bars, sep="\n")
    return 0 if all(bar.passed for bar in bars) else 1


def _examine(overlays: int, *, unlike: bool = False) -> Spent:
    with TemporaryDirectory(prefix="gitops-bench-") as folder:
        tree = Path(folder)
        for name in ("k8s", ".github"):
            shutil.copytree(ROOT / name, tree / name)
        subprocess.run(["git", "init", "--quiet", tree], check=True)
        _add_students(Git(tree), overlays)
        if unlike:
            for number, file in enumerate(tree.glob("k8s/overlays/student-*/kustomization.yaml")):
                file.write_text(file.read_text().replace("labels:\n", f"labels:\n  - pairs: {{seat: '{number}'}}\n"))
        return spent(lambda: _run(tree))


def _run(tree: Path) -> None:
    findings = examine(
        checkout_reader.read_checkout(Git(tree), "origin", "main", "satomichi/k8s-practice", rendering=True)
    )
    assert not (wrong := [finding for finding in findings if finding.decided]), wrong[:3]


def _add_students(tree: Git, count: int) -> None:
    registry = open_registry("ghcr.io", environment={})
    context = Context(Repository("satomichi", "k8s-practice"), registry)
    students = AddStudents(context, [f"student-{number:04}" for number in range(count)])
    students(tree, Heads("HEAD", "HEAD"))
    registry.close()


if __name__ == "__main__":
    sys.exit(main())
