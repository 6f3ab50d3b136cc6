"""The source of the books: a person's own folder, NLTK's corpus, or the sample shelf."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.corpus import catalog_file, nltk_corpus
from app.corpus.errors import Rejection
from app.corpus.model import ShelfKind
from app.corpus.nltk_corpus import Progress
from app.corpus.own_books import files
from app.corpus.own_books.reader import OwnBook
from app.corpus.unread import Unread

__all__ = ["FoundBooks", "Progress", "find"]


@dataclass(frozen=True, slots=True)
class FoundBooks:
    """Books that can be read, files that cannot, the number of files of other kinds, and the text of the catalog.toml.

    `notice` says why it is this shelf, if a person may expect another.
    """

    kind: ShelfKind
    sources: Sequence[Unread]
    rejected: tuple[Rejection, ...] = ()
    others: int = 0
    catalogue: str = ""
    notice: str | None = None


def find(
    corpus_dir: Path | None = None, download_dir: Path | None = None, progress: Progress | None = None
) -> FoundBooks:
    """The books of `corpus_dir` if it is given, else NLTK's, fetched into `download_dir` if need be, else the samples.

    `progress` is called with the percentage of a download, and with 100. Raises CorpusError for books that cannot be
    read.
    """
    if corpus_dir:
        return _folder(corpus_dir, ShelfKind.OWN)
    books = nltk_corpus.read(download_dir)
    if books is None and download_dir:
        failure = nltk_corpus.fetch(download_dir, progress)
        books = None if failure else nltk_corpus.read(download_dir)
    else:
        failure = "it is not where NLTK keeps its data"
    if books is None:
        return _sample(f"NLTK's Gutenberg corpus could not be had ({failure}), so this is the sample shelf.")
    return FoundBooks(ShelfKind.NLTK, books)


def _sample(notice: str) -> FoundBooks:
    return _folder(Path(__file__).parent / "sample", ShelfKind.SAMPLE, notice)


def _folder(folder: Path, kind: ShelfKind, notice: str | None = None) -> FoundBooks:
    listing = files.find(folder)
    catalogue = catalog_file.read(folder)
    ids = [file.id for file in listing.files] + [files.book_id(rejection.file) for rejection in listing.rejected]
    said = catalog_file.parse(catalogue, ids, str(folder / catalog_file.NAME))
    books = tuple(OwnBook(file, said.get(file.id)) for file in listing.files)
    return FoundBooks(kind, books, listing.rejected, listing.others, catalogue, notice)
