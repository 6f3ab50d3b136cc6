"""Commit messages: what moves, from where to where, and on which proof."""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gitops.model import Image, short
from gitops.printable import line

_FEW = 3


@dataclass(frozen=True, slots=True)
class Move:
    overlay: str
    component: str
    old: Image
    new: Image


def message(verb: str, moves: Sequence[Move], *paragraphs: str, proof: str = "") -> str:
    """A subject line, the moves grouped by what is the same, and the workflow run that did it.

    The subject is about the moves; without any it is the first paragraph. Empty when there is nothing to say.
    """
    subject = [_subject(verb, moves)] if moves else []
    groups = [*_groups(moves), proof] if moves else []
    parts = [part for part in (*subject, *paragraphs, *groups) if part]
    return "\n\n".join([*parts, *_workflow_run()]) if parts else ""


def _subject(verb: str, moves: Sequence[Move]) -> str:
    what = sorted({f"{move.component} {short(move.new.commit)}" for move in moves})
    where = sorted({line(move.overlay) for move in moves})
    return f"{verb} {_listed(what, 'images')} to {_listed(where, 'overlays')}"


def _groups(moves: Iterable[Move]) -> list[str]:
    groups = defaultdict(list)
    for move in moves:
        groups[move.component, move.old.commit, move.new].append(line(move.overlay))
    return [
        f"{component}: {short(old)} -> {short(new.commit)} ({', '.join(where)})\n{line(new.reference)}"
        for (component, old, new), where in groups.items()
    ]


def _listed(words: list[str], kind: str) -> str:
    return ", ".join(words) if len(words) <= _FEW else f"{len(words)} {kind}"


def _workflow_run() -> list[str]:
    """The page of the workflow run that this is part of, if it is."""
    values = [os.environ.get(name) for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")]
    return ["Run: {}/{}/actions/runs/{}".format(*values)] if all(values) else []
