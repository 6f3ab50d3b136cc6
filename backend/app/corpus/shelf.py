"""A shelf: the books of a source, which have been found but not read."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.corpus.book import read_book
from app.corpus.errors import Rejected, Rejection
from app.corpus.model import Book, ShelfKind
from app.corpus.source import FoundBooks, Progress, find
from app.corpus.unread import Unread


@dataclass(frozen=True)
class Shelf:
    """The books to index, and the files that cannot be books; `others` counts files of other kinds.

    `digest` is "sha256:…" over everything that determines what is read, so equal shelves have equal digests. `notice`
    tells a person why it is this shelf, if they may expect another.
    """

    kind: ShelfKind
    digest: str
    sources: Sequence[Unread]
    rejected: tuple[Rejection, ...] = ()
    others: int = 0
    notice: str | None = None

    @cached_property
    def books(self) -> tuple[tuple[Book, str], ...]:
        """The books with their texts, without an index. Raises Rejected for a book that cannot be read."""
        return tuple(read_book(*source.read()) for source in self.sources)


def load_shelf(
    corpus_dir: Path | None = None, download_dir: Path | None = None, progress: Progress | None = None
) -> Shelf:
    """The shelf of `corpus_dir`, else of NLTK's books (fetched into `download_dir` if need be), else the sample shelf.

    `progress` is called with the percentage of the download, and with 100. Raises CorpusError.
    """
    found = find(corpus_dir, download_dir, progress)
    return Shelf(found.kind, _digest(found), found.sources, found.rejected, found.others, found.notice)


def _digest(found: FoundBooks) -> str:
    digest = hashlib.sha256(found.catalogue.encode("utf-8", "surrogatepass"))
    for book in found.sources:
        digest.update(f"\0{book.id}\0".encode())
        with suppress(Rejected):  # none of it is read
            digest.update(hashlib.sha256(book.content()).digest())
    return f"sha256:{digest.hexdigest()}"
