"""Which books there are to read: a person's own, NLTK's, or the sample shelf."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from app.corpus import catalog, catalog_file, nltk_corpus
from app.corpus.catalog import Entry
from app.corpus.folder import read_folder
from app.corpus.model import ShelfKind, Source
from app.corpus.nltk_corpus import Progress

__all__ = ["Found", "Progress", "find"]


@dataclass(frozen=True, slots=True)
class Found:
    """Books as they are to be read, the catalogue entry of each, and the text of the catalog.toml that was used.

    `notice` says why it is this shelf, when a person may expect another.
    """

    kind: ShelfKind
    sources: Sequence[Source]
    entries: dict[str, Entry]
    catalogue: str = ""
    notice: str | None = None


def find(corpus_dir: Path | None = None, download_dir: Path | None = None, progress: Progress | None = None) -> Found:
    """The books of `corpus_dir` if it is given; else NLTK's, fetched into `download_dir` if need be; else the samples.

    `progress` is told the percentage of a download and 100. Raises CorpusError for books that cannot be read.
    """
    if corpus_dir:
        return _folder(corpus_dir, ShelfKind.OWN)
    sources = nltk_corpus.read(download_dir)
    if sources is None and download_dir:
        failure = nltk_corpus.fetch(download_dir, progress)
        sources = None if failure else nltk_corpus.read(download_dir)
    else:
        failure = "it is not where NLTK keeps its data"
    if sources is None:
        return _sample(f"NLTK's Gutenberg corpus could not be had ({failure}), so this is the sample shelf.")
    return Found(ShelfKind.NLTK, sources, _described(sources))


def _sample(notice: str) -> Found:
    with resources.as_file(resources.files("app.corpus") / "sample") as folder:
        return _folder(folder, ShelfKind.SAMPLE, notice)


def _folder(folder: Path, kind: ShelfKind, notice: str | None = None) -> Found:
    sources = read_folder(folder)
    catalogue = catalog_file.read(folder)
    entries = catalog_file.amend(_described(sources), catalogue, str(folder / catalog_file.NAME))
    return Found(kind, sources, entries, catalogue, notice)


def _described(sources: Sequence[Source]) -> dict[str, Entry]:
    return {source.id: catalog.describe(source.id, source.raw) for source in sources}
