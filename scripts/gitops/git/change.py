"""One push to the branch that Argo CD follows: made in a working tree of its own, rendered; and computed again after a
lost race."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from gitops.deadline import Deadline
from gitops.errors import DoesNotRender, GitopsError, PushRefused
from gitops.git.client import Git
from gitops.overlays import render, store

ATTEMPTS = 25
_LONGEST_PAUSE = 5.0
MANIFESTS = "k8s"

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Heads:
    """`source` is the newest commit of the branch that images are built from.

    `deployed` is where the working tree stands: the newest commit of the branch that Argo CD follows, and what is new
    in the source. Without a deploy branch both are the same.
    """

    source: str
    deployed: str


CatchUp = Callable[[Git, str, str], str]
"""Brings what is new in the source, the second commit, to the deploy branch, the first; returns the commit it made."""


@dataclass(frozen=True, slots=True)
class Remote:
    """`branch` is built from. Commits go to `deploy_branch`, if any, which `catch_up` keeps abreast of it."""

    git: Git
    name: str = "origin"
    branch: str = "main"
    deploy_branch: str | None = None
    catch_up: CatchUp | None = None

    @property
    def target(self) -> str:
        return self.deploy_branch or self.branch


@dataclass(frozen=True, slots=True)
class Result:
    """What is done with an overlay, or with one component of it; `commit` and `image` are what it runs then.

    The JSON of a command has these fields.
    """

    overlay: str
    action: str
    component: str | None = None
    commit: str | None = None
    image: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """What an operation has written into a working tree: the message for the commit, and what to tell the caller."""

    message: str
    touched: Sequence[str] = ()
    """The overlays that must render."""
    report: Sequence[Result] = ()
    refused: GitopsError | None = None
    """What could not be done beside the rest."""
    without: "Callable[[Mapping[str, GitopsError]], Operation] | None" = None
    """The operation that leaves overlays out, because of what is wrong with them; None when it is all or nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`commit` is None when nothing had to change, or in a dry run; `diff` is what changed or would."""

    commit: str | None
    diff: str
    edit: Edit


Operation = Callable[[Git, Heads], Edit]
"""Edits the files of a working tree, or commits in it; called again, on a fresh one, after a lost race."""


def commit(remote: Remote, operation: Operation, *, rendering: bool = True, dry_run: bool = False) -> Outcome:
    """Applies the operation to what is newest and pushes the result. Raises PushRefused when it cannot be pushed."""
    with remote.git.scratch() as tree:
        rendered, deadline = set[str](), Deadline(render.LONGEST_COMMAND)
        for attempt in range(ATTEMPTS):
            tip, heads = _stand(tree, remote)
            edit = operation(tree, heads)
            while rendering and (faults := _faults(tree, tip or heads.source, edit, rendered, deadline)):
                if edit.without is None:
                    raise next(iter(faults.values()))
                tree.run("reset", "--quiet", "--hard")
                edit = edit.without(faults)(tree, heads)
            diff = tree.diff(tip or heads.source)
            made = tree.head() if dry_run else tree.commit(edit.message)
            if made == tip or dry_run:
                return Outcome(None, diff, edit)
            if tree.push(remote.name, remote.target) == "pushed":
                return Outcome(made, diff, edit)
            time.sleep(random.uniform(0, min(_LONGEST_PAUSE, 0.1 * 2**attempt)))
    raise PushRefused(
        f"{remote.target} was overtaken {ATTEMPTS} times by other pushes.", "Nothing was lost: run this again."
    )


def read(remote: Remote, look: Callable[[Git, Heads], Found]) -> Found:
    """Returns what `look` finds in what is deployed."""
    with remote.git.scratch() as tree:
        source, tip = _fetch(tree, remote)
        return look(tree, Heads(source, tip or source))


def _faults(tree: Git, since: str, edit: Edit, rendered: set[str], deadline: Deadline) -> dict[str, DoesNotRender]:
    """The overlays that the edit has touched and that do not render, with the reasons.

    What was rendered before a race was lost is not rendered again, so that the next attempt is shorter.
    """
    if not edit.touched or not tree.diff(since) or (now := tree.staged_tree(MANIFESTS)) in rendered:
        return {}
    if faults := render.faults(store.read_each(tree.root, edit.touched), deadline):
        return faults
    rendered.add(now)
    return {}


def _stand(tree: Git, remote: Remote) -> tuple[str | None, Heads]:
    """The newest commit of the target branch, None when there is no such branch yet; and the commit to work on."""
    source, tip = _fetch(tree, remote)
    deployed = remote.catch_up(tree, tip, source) if remote.catch_up and tip else source
    return tip, Heads(source, deployed)


def _fetch(tree: Git, remote: Remote) -> tuple[str, str | None]:
    """The newest commits of source and target; the working tree becomes the target's, or, without one, the source's."""
    source = tree.reset_to(remote.name, remote.branch)
    if remote.target == remote.branch:
        return source, source
    there = tree.has_branch(remote.name, remote.target)
    return source, tree.reset_to(remote.name, remote.target) if there else None
