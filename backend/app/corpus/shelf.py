"""A shelf: the books of a source, which have been found but not read."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.corpus.book import read_book
from app.corpus.errors import Rejected, Rejection
from app.corpus.model import Book, ShelfKind
from app.corpus.source import Progress, find
from app.corpus.unread import Unread

# Files that are read at once, of which the largest have 64 MiB.
_READERS = 4


@dataclass(frozen=True)
class Shelf:
    """The books to index, and the files that cannot be books; `others` counts files of other kinds.

    `digest` is "sha256:…" over all that decides what is read, so equal shelves have equal digests; `digests` are the
    same for each source, none for one that cannot be read. `notice` tells a person why it is this shelf, when it is not
    the one they may expect.
    """

    kind: ShelfKind
    digest: str
    sources: Sequence[Unread]
    digests: Sequence[bytes]
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
    listing = find(corpus_dir, download_dir, progress)
    with ThreadPoolExecutor(_READERS) as readers:
        digests = tuple(readers.map(_digest, listing.sources))
    whole = hashlib.sha256(listing.catalogue.encode("utf-8", "surrogatepass"))
    for digest in digests:
        whole.update(digest)
    return Shelf(
        listing.kind,
        f"sha256:{whole.hexdigest()}",
        listing.sources,
        digests,
        listing.rejected,
        listing.others,
        listing.notice,
    )


def _digest(book: Unread) -> bytes:
    try:
        content = book.content()
    except Rejected:  # nothing of it is read
        content = b""
    digest = hashlib.sha256(f"{book.id}\0".encode("utf-8", "surrogatepass"))
    digest.update(content)
    return digest.digest()
