"""A shelf: the books of a source, with structure, ready to be indexed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from app.corpus import catalog, source, structure
from app.corpus.model import Book, Form, Shelf, Source
from app.corpus.normalise import normalise
from app.corpus.source import Progress


def load_shelf(
    corpus_dir: Path | None = None, download_dir: Path | None = None, progress: Progress | None = None
) -> Shelf:
    kind, sources = source.find(corpus_dir, progress)
    return Shelf(kind, _digest(sources), tuple(_book(s) for s in sources))


def _book(origin: Source) -> tuple[Book, str]:
    entry = catalog.describe(origin.id, origin.raw)
    text = normalise(origin.raw)
    sections = structure.sections(
        origin.id, entry.short or entry.title, text, catalog.is_nltk(origin.id, origin.raw)
    )
    book = Book(
        id=origin.id,
        title=entry.title,
        author=entry.author,
        year=entry.year,
        published=entry.published,
        gutenberg=entry.gutenberg,
        form=entry.form or Form.PROSE,
        early_modern=entry.early_modern,
        length=len(text),
        sections=sections,
    )
    return book, text


def _digest(sources: Iterable[Source]) -> str:
    digest = hashlib.sha256()
    for origin in sources:
        digest.update(f"{origin.id}\0{len(origin.raw)}\0".encode())
        digest.update(origin.raw.encode())
    return f"sha256:{digest.hexdigest()}"
