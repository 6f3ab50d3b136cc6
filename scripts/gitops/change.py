"""One commit on main: made in a working tree of its own, rendered, pushed; and computed again after a lost race."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gitops import overlays, render
from gitops.errors import GitopsError, PushRefused
from gitops.git import Git

ATTEMPTS = 25
_LONGEST_PAUSE = 5.0
MANIFESTS = "k8s"


@dataclass(frozen=True, slots=True)
class Remote:
    """Where commits go."""

    git: Git
    name: str = "origin"
    branch: str = "main"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an operation has written into a working tree: the message for the commit, and what to tell the caller."""

    message: str
    touched: Sequence[str] = ()
    """The overlays that must render."""
    report: list[dict[str, Any]] = field(default_factory=list)
    refused: GitopsError | None = None
    """What could not be done beside the rest."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`commit` is None when nothing had to change, or in a dry run; `diff` is what changed or would."""

    commit: str | None
    diff: str
    plan: Plan


Operation = Callable[[Git, str], Plan]
"""Edits the files of a working tree that stands at the commit; called again, on a fresh one, after a lost race."""


def commit(remote: Remote, operation: Operation, *, rendering: bool = True, dry_run: bool = False) -> Outcome:
    """Applies the operation to the newest main and pushes the result. Raises PushRefused when it cannot be pushed."""
    with remote.git.scratch() as tree:
        rendered: set[str] = set()
        for attempt in range(ATTEMPTS):
            head = tree.reset_to(remote.name, remote.branch)
            plan = operation(tree, head)
            diff = tree.diff()
            # What was rendered before the race was lost need not be rendered again, so that the next one is shorter.
            if diff and rendering and plan.touched and (now := tree.staged_tree(MANIFESTS)) not in rendered:
                render.check_all(overlays.read_each(tree.root, plan.touched))
                rendered.add(now)
            if not diff or dry_run:
                return Outcome(None, diff, plan)
            made = tree.commit(plan.message)
            if tree.push(remote.name, remote.branch) == "pushed":
                return Outcome(made, diff, plan)
            time.sleep(random.uniform(0, min(_LONGEST_PAUSE, 0.1 * 2**attempt)))
    raise PushRefused(
        f"{remote.branch} was overtaken {ATTEMPTS} times by other pushes.", "Nothing was lost: run this again."
    )


def read(remote: Remote, look: Callable[[Git, str], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """What `look` finds in the newest main."""
    with remote.git.scratch() as tree:
        return look(tree, tree.reset_to(remote.name, remote.branch))
