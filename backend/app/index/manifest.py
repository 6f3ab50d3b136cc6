"""What an index says about itself, and the check that its files are those that were written."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, ValidationError

from app.corpus.model import ShelfKind
from app.index.errors import IndexRefused
from app.index.schema import SCHEMA_VERSION
from app.index.segment import SEGMENTS_DIR

MANIFEST_FILE = "manifest.json"
CHECKSUMS_FILE = "SHA256SUMS"
SIZES_FILE = "SIZES"


class Manifest(BaseModel):
    """The same corpus gives the same manifest. `recipe` is a digest of the code that
    made the index; `segments` are the names of its segments, in their order."""

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
    segments: list[str]


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


def write(directory: Path, manifest: Manifest, known: Mapping[str, str] = MappingProxyType({})) -> None:
    """Writes the manifest, then the sizes of all files, and their checksums in the format of sha256sum. `known` are
    checksums by name of the file, so that it need not be read."""
    _write(directory / MANIFEST_FILE, [manifest.model_dump_json(indent=2)])
    for name in SIZES_FILE, CHECKSUMS_FILE:
        (directory / name).unlink(missing_ok=True)
    files = {path.relative_to(directory).as_posix(): path for path in _files(directory)}
    _write(directory / SIZES_FILE, (f"{path.stat().st_size}  {name}" for name, path in files.items()))
    files[SIZES_FILE] = directory / SIZES_FILE
    digests = ((known.get(name) or digest(path), name) for name, path in files.items())
    _write(directory / CHECKSUMS_FILE, (f"{digest}  {name}" for digest, name in digests))


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


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


def check(directory: Path) -> None:
    """Raises IndexRefused when a file is missing or has another size than the build wrote, or when a file that
    describes all books has changed. To read the segments too, as `verify` does, takes long."""
    digests = checksums(directory)
    for name in digests:
        if not name.startswith(f"{SEGMENTS_DIR}/"):
            _require(directory, name, digests[name])
    for name, size in _listed(directory / SIZES_FILE).items():
        try:
            is_whole = (directory / name).stat().st_size == int(size)
        except OSError as error:
            raise IndexRefused(directory / name, f"cannot be read ({error.strerror})") from None
        if not is_whole:
            raise IndexRefused(directory / name, "is damaged (it has another size)")
    there = {path.relative_to(directory).as_posix() for path in _files(directory)}
    if not there <= {*digests, CHECKSUMS_FILE}:
        raise IndexRefused(directory / CHECKSUMS_FILE, "is damaged (it does not list every file)")


def verify(directory: Path) -> None:
    """Raises IndexRefused when a file is missing or has changed since the build."""
    check(directory)
    for name, expected in checksums(directory).items():
        _require(directory, name, expected)


def checksums(directory: Path) -> dict[str, str]:
    """The checksums by the file's name. Raises IndexRefused."""
    return _listed(directory / CHECKSUMS_FILE)


def _listed(path: Path) -> dict[str, str]:
    """The values that a file lists for other files, one on each line, by the name of the file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise IndexRefused(path, "is missing or damaged") from None
    said = {name: value for value, _, name in (line.partition("  ") for line in lines)}
    if "" in said:
        raise IndexRefused(path, "is missing or damaged")
    return said


def _require(directory: Path, name: str, expected: str) -> None:
    path = directory / name
    try:
        is_whole = digest(path) == expected
    except OSError as error:
        raise IndexRefused(path, f"cannot be read ({error.strerror})") from None
    if not is_whole:
        raise IndexRefused(path, "is damaged (its checksum does not match)")


def digest(path: Path) -> str:
    """The file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(directory: Path) -> Iterator[Path]:
    return (path for path in sorted(directory.rglob("*")) if path.is_file() and path.suffix != ".lock")
