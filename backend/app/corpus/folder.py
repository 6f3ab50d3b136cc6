"""A folder of text files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.corpus.errors import CorpusError
from app.corpus.structure.marks import slug

MOST_FILE_BYTES = 64 * 1024 * 1024
MOST_BYTES = 8 * 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of a folder as the source of a book."""

    id: str
    path: Path

    @property
    def raw(self) -> str:
        """Raises CorpusError for what is no text."""
        return _read(self.path)

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def read_folder(folder: Path) -> tuple[TextFile, ...]:
    """The .txt files directly in a folder, ordered by their ids. Raises CorpusError."""
    paths = _texts(folder)
    _require_size(folder, paths)
    return tuple(sorted(_sources(paths), key=lambda source: source.id))


def _texts(folder: Path) -> list[Path]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".txt" and path.is_file())
    except OSError as error:
        raise CorpusError(f"{folder} cannot be read: {error.strerror}. Name a folder of .txt files.") from error
    if not paths:
        raise CorpusError(f"The folder {folder} holds no .txt files. Put the books there, one plain text file each.")
    return paths


def _require_size(folder: Path, paths: list[Path]) -> None:
    total = 0
    for path in paths:
        size = path.stat().st_size
        total += size
        if size > MOST_FILE_BYTES:
            raise CorpusError(f"{path} has {_mib(size)}; a book may have {_mib(MOST_FILE_BYTES)}. Split it.")
    if total > MOST_BYTES:
        raise CorpusError(f"The texts in {folder} have {_mib(total)}; the limit is {_mib(MOST_BYTES)}. Remove some.")


def _mib(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MiB"


def _sources(paths: list[Path]) -> Iterator[TextFile]:
    taken: dict[str, Path] = {}
    for path in paths:
        name = book_id(path.name)
        if name in taken:
            raise CorpusError(f"{path} and {taken[name]} would both be the book {name!r}. Rename one of them.")
        taken[name] = path
        yield TextFile(name, path)


def book_id(file_name: str) -> str:
    """A file's name as a book's id, safe in a URL: "Pride & Prejudice.txt" gives "pride-prejudice"."""
    stem = file_name[: -len(".txt")] if file_name.lower().endswith(".txt") else file_name
    return "_".join(filter(None, map(slug, stem.split("_")))) or "book"


def _read(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror}. Give yourself leave to read it.") from error
    if b"\0" in content:
        raise CorpusError(f"{path} is not plain text: it has NUL bytes. Save it as UTF-8 text, or remove it.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")
