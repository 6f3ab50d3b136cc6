"""A shelf: the books of a source with their structure, ready to be indexed."""

import hashlib
from pathlib import Path

from app.corpus import catalog
from app.corpus.errors import CorpusError
from app.corpus.model import Book, Shelf, Source
from app.corpus.normalise import normalise
from app.corpus.source import Found, Progress, find
from app.corpus.structure import books, generic
from app.words import WORD


def load_shelf(
    corpus_dir: Path | None = None, download_dir: Path | None = None, progress: Progress | None = None
) -> Shelf:
    """The books of `corpus_dir`, else NLTK's (fetched into `download_dir` if need be), else the sample shelf.

    `progress` is told the percentage of the download and 100. Raises CorpusError.
    """
    found = find(corpus_dir, download_dir, progress)
    read = tuple(_book(source, found.entries[source.id]) for source in found.sources)
    return Shelf(found.kind, _digest(found), read, found.notice)


def _book(source: Source, entry: catalog.Entry) -> tuple[Book, str]:
    text = normalise(source.raw)
    if not WORD.search(text):
        raise CorpusError(f"The book {source.id}.txt has no words. Put its text into the file, or remove the file.")
    short = entry.short or entry.title
    form = entry.form or generic.guess_form(text)
    known = catalog.is_nltk(source.id, source.raw)
    book = Book(
        id=source.id,
        title=entry.title,
        author=entry.author,
        year=entry.year,
        published=entry.published,
        gutenberg=entry.gutenberg,
        form=form,
        early_modern=entry.early_modern,
        length=len(text),
        sections=books.sections(source.id, short, text) if known else generic.sections(text, short, form),
    )
    return book, books.readable(source.id, text) if known else text


def _digest(found: Found) -> str:
    digest = hashlib.sha256()
    for source in (*found.sources, Source("catalog.toml", found.catalogue)):
        digest.update(f"{source.id}\0{len(source.raw)}\0".encode())
        digest.update(source.raw.encode("utf-8", "surrogatepass"))
    return f"sha256:{digest.hexdigest()}"
