"""The kustomizations that make up one overlay of a working tree, and what in them kustomize must not follow."""

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path

from gitops.errors import DoesNotRender
from gitops.overlays import links
from gitops.overlays.kustomize_paths import NAMES, Reference, references
from gitops.yaml_bounds import LARGEST

MOST_PATHS, MOST_BYTES = 1000, 5_000_000
"""Files and folders that one overlay may be made of, and bytes in them, each as often as it is named: so often
kustomize reads it."""


def problems(root: Path, folder: str) -> Iterator[str]:
    """What is wrong with the kustomization of a folder of the repository and with all that it names.

    Each as `path:line: problem`. A folder that leads back to itself is not looked at again, as kustomize refuses it. A
    path within a folder begins, as for kustomize, where the folder really is, whatever link leads there.

    Raises DoesNotRender for too many, and for a kustomization that cannot be read.
    """
    return iter(dict.fromkeys(_problems(root, folder)))


def _problems(root: Path, folder: str) -> Iterator[str]:
    pending: list[tuple[str, ...]] = [(links.followed(root, folder),)]
    count = size = 0
    while pending:
        way = pending.pop()
        for path in (f"{way[-1]}/{name}" for name in NAMES):
            for reference in _references(root, path):
                problem = reference.problem or links.problem(root, reference.target) or no_file(root, reference.target)
                if problem:
                    yield f"{path}:{reference.line}: {problem}"
                elif reference.may_be_folder and (target := links.followed(root, reference.target)) not in way:
                    pending.append((*way, target))
                count, size = count + 1, size + _size(root / reference.target)
                if count > MOST_PATHS or size > MOST_BYTES:
                    raise DoesNotRender(
                        f"{folder} is made of more than {MOST_PATHS} files and folders, or {MOST_BYTES} bytes.",
                        "Name each of them once, and only what is deployed.",
                    )


def no_file(root: Path, path: str) -> str:
    """Says that something is in the place of a file or folder that nobody can read to its end."""
    there = (root / path).exists() and not (root / path).is_file() and not (root / path).is_dir()
    return f"{path} is not a regular file" if there else ""


def _size(path: Path) -> int:
    """The bytes of a file; of a folder, those of its kustomization."""
    files = [path / name for name in NAMES] if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def _references(root: Path, path: str) -> tuple[Reference, ...]:
    file = root / path
    if not os.path.lexists(file):
        return ()
    if problem := links.problem(root, path):
        return (Reference(1, problem=problem),)
    if not file.is_file():
        raise DoesNotRender(f"{path} is not a regular file.", "Remove it.")
    if file.stat().st_size > LARGEST:
        raise DoesNotRender(f"{path} has more than {LARGEST} bytes.", "Give each overlay only what is its own.")
    try:
        return references(posixpath.dirname(path), file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise DoesNotRender(f"{path} is not UTF-8.", "Save it as UTF-8.") from None
