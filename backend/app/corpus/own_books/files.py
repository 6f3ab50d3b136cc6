"""Finds the files of a folder that are books, and gives them ids."""

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from app.corpus.errors import CorpusError, Rejected, Rejection

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".epub"})
KINDS = ".txt, .md, .html or .epub"
CATALOGUE = "catalog.toml"
README = "readme"

MOST_FILES = 20_000
MOST_DEPTH = 10
MOST_FILE_BYTES = 64 * 1024 * 1024
MOST_BYTES = 8 * 1024 * 1024 * 1024

_SEPARATOR = re.compile(r"[\W_]+")
_APOSTROPHE = re.compile("['’]")


@dataclass(frozen=True, slots=True)
class File:
    """A file to read as a book. `name` is its path in the folder, with slashes."""

    id: str
    path: Path
    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a folder in the order of their ids, those that cannot be books despite their extension, and the
    number of other files."""

    files: tuple[File, ...]
    rejected: tuple[Rejection, ...] = ()
    others: int = 0


def find(folder: Path) -> Listing:
    """The books of a folder and its subfolders. Raises CorpusError if there are none, or too many.

    Hidden files are ignored, and so is a README, which is about the folder. Links are followed to files inside the
    folder only.
    """
    files: dict[str, File] = {}
    rejected: list[Rejection] = []
    others = 0
    for path in _walk(folder, rejected):
        if path.name == CATALOGUE or path.stem.casefold() == README:
            continue
        if path.suffix.lower() not in SUFFIXES:
            others += 1
            continue
        if _stands_elsewhere(path, folder):
            continue
        try:
            file = _file(path, folder)
            if taken := files.get(file.id):
                raise Rejected(file.name, f"would be the same book as {taken.name}, {file.id}. Rename one of them.")
            files[file.id] = file
        except Rejected as error:
            rejected.append(error.rejection)
    if not files and not rejected:
        raise CorpusError(f"The folder {folder} holds no {KINDS} files. Put the books there, one in each.")
    _require_size(folder, sum(file.bytes for file in files.values()), len(files))
    return Listing(tuple(files[name] for name in sorted(files)), tuple(rejected), others)


def book_id(name: str) -> str:
    """The id of a book from the path of its file: "Austen/Pride & Prejudice.txt" gives "austen-pride-prejudice".

    Letters of all scripts stay, in one Unicode form, whichever of the two the file system uses.
    """
    stem = unicodedata.normalize("NFC", name.removesuffix(PurePath(name).suffix)).casefold()
    parts = (_SEPARATOR.sub("-", _APOSTROPHE.sub("", part)).strip("-") for part in stem.split("_"))
    return "_".join(filter(None, parts)) or "book"


def _walk(folder: Path, rejected: list[Rejection]) -> Iterator[Path]:
    """The files that are not hidden, in the same order on every machine."""

    def failed(error: OSError) -> None:
        path = Path(error.filename)
        if path == folder:
            raise CorpusError(f"{folder} cannot be read: {error.strerror}. Name a folder of {KINDS} files.") from error
        rejected.append(
            Rejection(_name(path, folder), f"cannot be read: {error.strerror}. Give yourself permission to read it.")
        )

    for directory, folders, names in os.walk(folder, onerror=failed):
        inner = Path(directory)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if len(inner.relative_to(folder).parts) == MOST_DEPTH:
            rejected += (
                Rejection(_name(inner / name, folder), "is a folder too deep. Move it up.") for name in folders
            )
            folders.clear()
        yield from (inner / name for name in sorted(names) if not name.startswith("."))


def _stands_elsewhere(path: Path, folder: Path) -> bool:
    """Whether it is a link to a file that is read anyway."""
    target, root = Path(os.path.realpath(path)), folder.resolve()
    if not (path.is_symlink() and target.is_file() and target.is_relative_to(root)):
        return False
    return target.suffix.lower() in SUFFIXES and not any(
        part.startswith(".") for part in target.relative_to(root).parts
    )


def _file(path: Path, folder: Path) -> File:
    name = _name(path, folder)
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            raise Rejected(name, "is a link that leads out of the folder. Put the file itself there.")
        if not path.is_file():
            raise Rejected(name, "is not a file. Remove it.")
        size = path.stat().st_size
    except (OSError, RuntimeError) as error:  # RuntimeError is for links that lead in a circle, before Python 3.13
        raise Rejected(name, "is a link that leads nowhere. Remove it.") from error
    if not size:
        raise Rejected(name, "is empty. Put its text there, or remove it.")
    if size > MOST_FILE_BYTES:
        raise Rejected(name, f"has {_mib(size)}; a book may have {_mib(MOST_FILE_BYTES)}. Split it.")
    return File(book_id(name), path, name, size)


def _name(path: Path, folder: Path) -> str:
    return printable(path.relative_to(folder).as_posix())


def printable(name: str) -> str:
    """A file's name without control characters and without bytes that are no text."""
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def _require_size(folder: Path, size: int, count: int) -> None:
    if size > MOST_BYTES:
        raise CorpusError(f"The books in {folder} have {_mib(size)}; the limit is {_mib(MOST_BYTES)}. Remove some.")
    if count > MOST_FILES:
        raise CorpusError(f"The folder {folder} holds {count:,} books; the limit is {MOST_FILES:,}. Remove some.")


def _mib(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MiB"
