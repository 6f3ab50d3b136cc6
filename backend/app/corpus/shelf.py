"""A shelf: the books of a source, found and not yet read."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.corpus.book import read
from app.corpus.errors import Rejected, Rejection
from app.corpus.model import Book, ShelfKind
from app.corpus.source import Found, Progress, find
from app.corpus.unread import Unread


@dataclass(frozen=True)
class Shelf:
    """The books to index, and the files that cannot be: `others` counts those of other kinds.

    `digest` is "sha256:…" over all that decides what is read, so equal shelves have equal digests. `notice` tells a
    person why it is this shelf, when it is not the one they may expect.
    """

    kind: ShelfKind
    digest: str
    sources: Sequence[Unread]
    rejected: tuple[Rejection, ...] = ()
    others: int = 0
    notice: str | None = None

    @cached_property
    def books(self) -> tuple[tuple[Book, str], ...]:
        """The books with their texts, for who wants no index of them. Raises Rejected for one that cannot be read."""
        return tuple(read(*source.read()) for source in self.sources)


def load_shelf(
    corpus_dir: Path | None = None, download_dir: Path | None = None, progress: Progress | None = None
) -> Shelf:
    """The books of `corpus_dir`, else NLTK's (fetched into `download_dir` if need be), else the sample shelf.

    `progress` is told the percentage of the download and 100. Raises CorpusError.
    """
    found = find(corpus_dir, download_dir, progress)
    return Shelf(found.kind, _digest(found), found.sources, found.rejected, found.others, found.notice)


def _digest(found: Found) -> str:
    digest = hashlib.sha256(found.catalogue.encode("utf-8", "surrogatepass"))
    for book in found.sources:
        digest.update(f"\0{book.id}\0".encode())
        with suppress(Rejected):  # nothing of it is read
            digest.update(hashlib.sha256(book.content()).digest())
    return f"sha256:{digest.hexdigest()}"
