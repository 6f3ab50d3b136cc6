"""The kustomizations that make up one overlay of a working tree, and what in them kustomize must not follow."""

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path

from gitops.overlays import links
from gitops.overlays.kustomize_paths import NAMES, Reference, references
from gitops.yaml_bounds import LARGEST

MOST_PATHS = 1000
"""Files and folders that one overlay may be made of."""


def problems(root: Path, folder: str) -> Iterator[str]:
    """What is wrong with the kustomization of a folder of the repository and with all that it names.

    Each as `path:line: problem`. Folders that name each other are looked at once. A path within a folder begins, as for
    kustomize, where the folder really is, whatever link leads there.
    """
    pending, seen = [links.followed(root, folder)], {folder}
    while pending:
        if len(seen) > MOST_PATHS:
            yield f"{folder}: it is made of more than {MOST_PATHS} files and folders"
            return
        here = pending.pop()
        for path in (f"{here}/{name}" for name in NAMES):
            for reference in _references(root, path):
                if problem := reference.problem or links.problem(root, reference.target):
                    yield f"{path}:{reference.line}: {problem}"
                elif reference.may_be_folder and (target := links.followed(root, reference.target)) not in seen:
                    seen.add(target)
                    pending.append(target)


def _references(root: Path, path: str) -> tuple[Reference, ...]:
    file = root / path
    if not os.path.lexists(file):
        return ()
    if problem := links.problem(root, path):
        return (Reference(1, problem=problem),)
    if not file.is_file():
        return (Reference(1, problem="it is no file"),)
    if file.stat().st_size > LARGEST:
        return (Reference(1, problem=f"it has more than {LARGEST} bytes"),)
    try:
        return references(posixpath.dirname(path), file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return (Reference(1, problem="it is not UTF-8"),)
