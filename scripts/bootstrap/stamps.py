"""Stamps record what something was made from, so that it is made again only when that has changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(files: Iterable[Path], base: Path) -> str:
    """sha256 over the names (relative to `base`) and contents of the files, in this order."""
    whole = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        whole.update(f"{file.relative_to(base).as_posix()}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def read(stamp: Path) -> list[str]:
    """The digests that the stamp holds; none when it does not exist."""
    return stamp.read_text(encoding="utf-8").split() if stamp.exists() else []


def write(stamp: Path, *digests: str) -> None:
    stamp.write_text("\n".join(digests) + "\n")
