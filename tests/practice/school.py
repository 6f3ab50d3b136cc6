"""A repository with this application's manifests, and clones of it in which students and teachers work."""

import shutil
import subprocess
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path

from gitops.git.client import Git
from gitops.git.repository import Repository
from gitops.operations.context import Context
from gitops.operations.students import AddStudents
from gitops.practice.trees import SOURCES
from gitops.registry import open_registry
from tests.gitops.support.sandbox import ROOT, Result, new_environment, run_gitops


@dataclass
class Desk:
    """A clone, and who works in it."""

    path: Path
    environment: dict[str, str]

    def git(self, *words: str) -> str:
        done = subprocess.run(["git", *words], cwd=self.path, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, f"git {' '.join(words)}: {done.stderr}"
        return done.stdout.strip()

    def practice(self, *words: str, **variables: str) -> Result:
        """In a context of its own, so that the language ends with the command."""
        return copy_context().run(run_gitops, self.path, {**self.environment, **variables}, "practice", *words)

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.path / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path} has {old!r} {text.count(old)} times"
        file.write_text(text.replace(old, new), encoding="utf-8")

    def commit(self, message: str, *words: str) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message, *words)
        return self.git("rev-parse", "HEAD")


def new_school(folder: Path, *students: str) -> Path:
    """A bare repository with an overlay for each student; nothing else of this repository than what is judged."""
    seed = Desk(folder / "seed", new_environment(folder, "ghcr.io"))
    shutil.copytree(ROOT / "k8s", seed.path / "k8s")
    for source in SOURCES:
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        (seed.path / source).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / source, seed.path / source)
    shutil.rmtree(seed.path / "backend/app/__pycache__", ignore_errors=True)
    (seed.path / ".gitignore").write_text("__pycache__/\n")
    registry = open_registry("ghcr.io", environment={})
    for name in students:
        context = Context(Repository("class", "k8s-practice"), registry)
        for path, text in AddStudents(context, [name]).files(name).items():
            (seed.path / path).parent.mkdir(parents=True, exist_ok=True)
            (seed.path / path).write_text(text, encoding="utf-8")
    registry.close()
    seed.git("init", "--quiet", "--initial-branch=main", ".")
    seed.commit("Begin")
    # A clone links one file then, not hundreds.
    seed.git("repack", "-a", "-d", "--quiet")
    Git(seed.path).run("clone", "--quiet", "--bare", str(seed.path), str(folder / "school.git"))
    return folder / "school.git"


def new_desk(school: Path, folder: Path, name: str) -> Desk:
    environment = new_environment(folder, "ghcr.io")
    environment |= {f"GIT_{who}_EMAIL": f"{name}@example.org" for who in ("AUTHOR", "COMMITTER")}
    desk = Desk(folder / name, environment)
    folder.mkdir(exist_ok=True)
    subprocess.run(["git", "clone", "--quiet", str(school), str(desk.path)], check=True, env=environment)
    return desk
