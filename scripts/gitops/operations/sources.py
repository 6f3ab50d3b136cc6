"""Where Argo CD's Applications take their manifests from: those that take them from a repository's k8s folder."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from gitops import yaml_files
from gitops.names import APPLICATIONS
from gitops.yaml_values import Mapping


def files(root: Path) -> list[Path]:
    return yaml_files.under(root / APPLICATIONS)


def addresses(root: Path) -> set[str]:
    """The repoURL of each source."""
    return {source["repoURL"] for file in files(root) for source in _sources(file)}


def follow(root: Path, branch: str, *, instead_of: Collection[str]) -> bool:
    """Lets the sources that follow one of these branches follow the branch. False when none did."""
    followed = [file for file in files(root) if _follow(file, branch, instead_of)]
    return bool(followed)


def _follow(file: Path, branch: str, instead_of: Collection[str]) -> bool:
    old = file.read_text(encoding="utf-8")
    lines = old.splitlines(keepends=True)
    for source in _sources(file):
        for key in ("targetRevision", "revision"):
            if source.get(key) in instead_of:
                line = source.lines[key]
                named = rf"(?<={key}: )(['\"]?){re.escape(source[key])}\1"
                lines[line] = re.sub(named, lambda _: yaml_files.plain(branch), lines[line])
    new = "".join(lines)
    if new != old:
        yaml_files.replace(file, new)
    return new != old


def _sources(file: Path) -> Iterator[Mapping]:
    return (source for document in yaml_files.read(file) for source in _own_sources(document))


def _own_sources(node: Any) -> Iterator[Mapping]:
    if isinstance(node, Mapping):
        paths = [node.get("path"), *(entry.get("path") for entry in node.get("directories") or [])]
        if isinstance(node.get("repoURL"), str) and any(str(path).startswith(("k8s/", "{{")) for path in paths if path):
            yield node
        for value in node.values():
            yield from _own_sources(value)
    elif isinstance(node, list):
        for value in node:
            yield from _own_sources(value)
