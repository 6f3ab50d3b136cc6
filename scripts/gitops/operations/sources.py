"""Where Argo CD's Applications take their manifests from: those that take them from a repository's k8s folder."""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from gitops import yaml_files
from gitops.errors import BadInput
from gitops.overlays.overlay_names import APPLICATIONS
from gitops.yaml_values import Mapping

MOST_BYTES = 8_000_000

Sources = dict[Path, list[Mapping]]
"""The sources that take manifests from a repository's k8s folder, by file."""


def files(root: Path) -> list[Path]:
    return yaml_files.under(root / APPLICATIONS)


def read_all(root: Path) -> tuple[Sources, dict[str, BadInput]]:
    """The sources of each file, and by path what is wrong with the files that cannot be understood."""
    by_file, faults, read = {}, {}, 0
    for file in files(root):
        read += file.stat().st_size
        try:
            if read > MOST_BYTES:
                raise BadInput(
                    f"{APPLICATIONS} has more than {MOST_BYTES} bytes of YAML.", "Remove what Argo CD does not read."
                )
            by_file[file] = [source for document in yaml_files.read(file) for source in _own_sources(document)]
        except BadInput as error:
            faults[file.relative_to(root).as_posix()] = error
    return by_file, faults


def addresses(by_file: Sources) -> set[str]:
    """The repoURL of each source."""
    return {source["repoURL"] for sources in by_file.values() for source in sources}


def follow(by_file: Sources, branch: str, *, instead_of: Collection[str]) -> bool:
    """Lets the sources that follow one of these branches follow the branch. False when none did."""
    followed = [file for file, sources in by_file.items() if _follow(file, sources, branch, instead_of)]
    return bool(followed)


def _follow(file: Path, sources: Iterable[Mapping], branch: str, instead_of: Collection[str]) -> bool:
    old = file.read_text(encoding="utf-8")
    lines = old.splitlines(keepends=True)
    for source in sources:
        for key in ("targetRevision", "revision"):
            if isinstance(source.get(key), str) and source[key] in instead_of:
                line = source.lines[key]
                named = rf"(?<={key}: )(['\"]?){re.escape(source[key])}\1"
                lines[line] = re.sub(named, lambda _: yaml_files.plain(branch), lines[line])
    new = "".join(lines)
    if new != old:
        yaml_files.replace(file, new)
    return new != old


def _own_sources(node: Any) -> Iterator[Mapping]:
    if isinstance(node, Mapping):
        folders = node.get("directories")
        entries = [entry for entry in folders if isinstance(entry, Mapping)] if isinstance(folders, list) else []
        paths = [entry.get("path") for entry in (node, *entries)]
        if isinstance(node.get("repoURL"), str) and any(str(path).startswith(("k8s/", "{{")) for path in paths if path):
            yield node
        for value in node.values():
            yield from _own_sources(value)
    elif isinstance(node, list):
        for value in node:
            yield from _own_sources(value)
