"""A shelf: the books of a source, found and not yet read."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.corpus.book import read
from app.corpus.catalog import Entry
from app.corpus.model import Book, ShelfKind, Source, Text
from app.corpus.source import Found, Progress, find


@dataclass(frozen=True)
class Shelf:
    """The books to index: each file with its catalogue entry. `digest` is "sha256:…" over ids and raw files in order,
    so equal shelves have equal digests.

    `notice` tells a person why it is this shelf, when it is not the one they may expect.
    """

    kind: ShelfKind
    digest: str
    sources: tuple[tuple[Source, Entry], ...]
    notice: str | None = None

    @cached_property
    def books(self) -> tuple[tuple[Book, str], ...]:
        """The books with their texts, for who wants no index of them. Raises CorpusError."""
        return tuple(read(source, entry) for source, entry in self.sources)


def load_shelf(
    corpus_dir: Path | None = None, download_dir: Path | None = None, progress: Progress | None = None
) -> Shelf:
    """The books of `corpus_dir`, else NLTK's (fetched into `download_dir` if need be), else the sample shelf.

    `progress` is told the percentage of the download and 100. Raises CorpusError.
    """
    found = find(corpus_dir, download_dir, progress)
    sources = tuple((source, found.entries[source.id]) for source in found.sources)
    return Shelf(found.kind, _digest(found), sources, found.notice)


def _digest(found: Found) -> str:
    digest = hashlib.sha256()
    for source in (*found.sources, Text("catalog.toml", found.catalogue)):
        raw = source.raw
        digest.update(f"{source.id}\0{len(raw)}\0".encode())
        digest.update(raw.encode("utf-8", "surrogatepass"))
    return f"sha256:{digest.hexdigest()}"
