"""The kustomizations that make up one overlay of a working tree, and what in them kustomize must not follow."""

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path

from gitops.errors import DoesNotRender
from gitops.overlays import links
from gitops.overlays.kustomize_paths import NAMES, Reference, references
from gitops.yaml_bounds import LARGEST

MOST_PATHS = 1000
"""Files and folders that one overlay may be made of, each as often as it is named: so often kustomize reads it."""


def problems(root: Path, folder: str) -> Iterator[str]:
    """What is wrong with the kustomization of a folder of the repository and with all that it names.

    Each as `path:line: problem`. A folder that leads back to itself is not looked at again, as kustomize refuses it. A
    path within a folder begins, as for kustomize, where the folder really is, whatever link leads there.

    Raises DoesNotRender for too many, and for a kustomization that cannot be read.
    """
    return iter(dict.fromkeys(_problems(root, folder)))


def _problems(root: Path, folder: str) -> Iterator[str]:
    pending: list[tuple[str, ...]] = [(links.followed(root, folder),)]
    read = 0
    while pending:
        way = pending.pop()
        here = way[-1]
        read += 1
        if read > MOST_PATHS:
            raise DoesNotRender(
                f"{folder} is made of more than {MOST_PATHS} files and folders.", "Name each of them once."
            )
        for path in (f"{here}/{name}" for name in NAMES):
            for reference in _references(root, path):
                if problem := reference.problem or links.problem(root, reference.target):
                    yield f"{path}:{reference.line}: {problem}"
                elif reference.may_be_folder and (target := links.followed(root, reference.target)) not in way:
                    pending.append((*way, target))


def _references(root: Path, path: str) -> tuple[Reference, ...]:
    file = root / path
    if not os.path.lexists(file):
        return ()
    if problem := links.problem(root, path):
        return (Reference(1, problem=problem),)
    if not file.is_file():
        raise DoesNotRender(f"{path} is no file.", "Remove it.")
    if file.stat().st_size > LARGEST:
        raise DoesNotRender(f"{path} has more than {LARGEST} bytes.", "Give each overlay only what is its own.")
    try:
        return references(posixpath.dirname(path), file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise DoesNotRender(f"{path} is not UTF-8.", "Save it as UTF-8.") from None
