"""What an index says about itself, and the check that its files are those that were written."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.corpus.model import ShelfKind
from app.index.errors import IndexRefused
from app.index.schema import SCHEMA_VERSION

MANIFEST_FILE = "manifest.json"
CHECKSUMS_FILE = "SHA256SUMS"


class Manifest(BaseModel):
    """The description of an index. The same corpus gives the same manifest. `recipe` is a digest of the code that made
    the index; `widths` has the bytes per character of each book's text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: int
    recipe: str
    shelf: ShelfKind
    corpus: str
    books: int
    sections: int
    passages: int
    words: int
    distinct_words: int
    characters: int
    widths: list[int]


def recipe() -> str:
    """The digest of the code that determines the contents of an index."""
    package = Path(__file__).parent.parent
    code = [
        *sorted((package / "corpus").rglob("*.py")),
        *sorted((package / "index").glob("*.py")),
        package / "words.py",
        package / "writing.py",
    ]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in code))
    return f"sha256:{digest.hexdigest()}"


def write(directory: Path, manifest: Manifest) -> None:
    """Writes the manifest, then the checksums of all files in the format of sha256sum."""
    (directory / MANIFEST_FILE).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8", newline="\n")
    lines = (f"{_digest(path)}  {path.relative_to(directory).as_posix()}\n" for path in _files(directory))
    (directory / CHECKSUMS_FILE).write_text("".join(lines), encoding="utf-8", newline="\n")


def is_index(directory: Path) -> bool:
    """Whether a build made the directory, even if the index is damaged."""
    return any((directory / name).exists() for name in (MANIFEST_FILE, CHECKSUMS_FILE))


def read(directory: Path) -> Manifest:
    """The manifest of a complete index of this schema. Raises IndexRefused for anything else."""
    path = directory / MANIFEST_FILE
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise IndexRefused(path, "there is no index") from None
    except OSError as error:
        raise IndexRefused(path, f"cannot be read ({error.strerror})") from None
    except ValidationError:
        raise IndexRefused(path, f"is damaged or not of schema {SCHEMA_VERSION}") from None
    if manifest.schema_version != SCHEMA_VERSION:
        raise IndexRefused(path, f"has schema {manifest.schema_version}, this program needs {SCHEMA_VERSION}")
    return manifest


def verify(directory: Path) -> None:
    """Raises IndexRefused when a file is missing or has changed since the build."""
    sums = directory / CHECKSUMS_FILE
    try:
        lines = sums.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise IndexRefused(sums, "is missing or damaged") from None
    written = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if "" in written:
        raise IndexRefused(sums, "is missing or damaged")
    for name, digest in written.items():
        path = directory / name
        try:
            whole = _digest(path) == digest
        except OSError as error:
            raise IndexRefused(path, f"cannot be read ({error.strerror})") from None
        if not whole:
            raise IndexRefused(path, "is damaged (its checksum does not match)")
    there = {path.relative_to(directory).as_posix() for path in _files(directory)}
    if not there <= {*written, CHECKSUMS_FILE}:
        raise IndexRefused(sums, "is damaged (it does not list every file)")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(directory: Path) -> Iterator[Path]:
    return (path for path in sorted(directory.rglob("*")) if path.is_file() and path.suffix != ".lock")
