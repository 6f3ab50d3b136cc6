"""Other programs, whose output is kept and shown when they fail."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from bootstrap.processes import ROOT, CommandError

ADVICE = {
    "docker": "https://docs.docker.com/engine/install/",
    "kubectl": "https://kubernetes.io/docs/tasks/tools/",
    "kind": "https://kind.sigs.k8s.io/docs/user/quick-start/#installation",
    "git": "https://git-scm.com/downloads",
    "go": "https://go.dev/doc/install",
}


def need(*names: str) -> None:
    """Raises CommandError for a program that is missing, with the page to get it from."""
    for name in names:
        if shutil.which(name) is None:
            raise CommandError(f"{name} is missing, get it first: {ADVICE[name]}")
    if "docker" in names and attempt("docker", "info").returncode != 0:
        raise CommandError("No Docker engine answers: start it, and run this again.")


def attempt(
    *words: str | Path, feed: str = "", folder: Path = ROOT, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **(variables or {})}
    return subprocess.run(words, cwd=folder, env=env, input=feed, capture_output=True, text=True)


def output(*words: str | Path, feed: str = "", folder: Path = ROOT, variables: Mapping[str, str] | None = None) -> str:
    """What the program prints. Raises CommandError with what it says when it fails."""
    done = attempt(*words, feed=feed, folder=folder, variables=variables)
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip())[-4000:]
        raise CommandError(f"{' '.join(map(str, words[:3]))} failed: {said}")
    return done.stdout.strip()


def kubectl(*words: str, feed: str = "") -> str:
    return output("kubectl", *words, feed=feed)
