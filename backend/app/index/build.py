"""Build the index: in a directory beside the target, then renamed, so that nothing is ever half-written."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import tantivy

from app.corpus.model import Passage, Shelf
from app.corpus.passages import split
from app.index import manifest, texts
from app.index.books import Books
from app.index.errors import TargetRefused
from app.index.manifest import Manifest
from app.index.pairs import pairs
from app.index.schema import (
    BOOK,
    BUCKET,
    EXACT,
    PAIRS,
    PASSAGE,
    SCHEMA_VERSION,
    TANTIVY_DIR,
    TEXT,
    register_analyzers,
    schema,
)
from app.index.vocabulary import Vocabulary

# One thread keeps the passages in order, so that tantivy's document ids are their ordinals.
_THREADS = 1
_HEAP = 256_000_000

Split = tuple[Passage, list[str]]
Progress = Callable[[str, float], None]
"""Told the step and the part of it that is done, from 0 to 1."""


def build(shelf: Shelf, target: Path, progress: Progress) -> Manifest:
    """Write the index of the shelf to `target`, where the index that stood there stays until the new one is complete.

    Raises TargetRefused when something else stands there."""
    _require_index(target)
    with _replacing(target.resolve()) as directory:
        return _write(shelf, directory, progress)


def _write(shelf: Shelf, directory: Path, progress: Progress) -> Manifest:
    found = _split(shelf, progress)
    progress("words", 0)
    tokens = [[words for _, words in own] for own in found]
    books = Books.of_passages([book for book, _ in shelf.books], [[passage for passage, _ in own] for own in found])
    counted = [Counter(chain.from_iterable(own)) for own in tokens]
    vocabulary = Vocabulary.of_books(
        [(book.early_modern, counts) for (book, _), counts in zip(shelf.books, counted, strict=True)]
    )
    books.save(directory)
    vocabulary.save(directory)
    widths = texts.save(directory, [text for _, text in shelf.books])
    write(directory / TANTIVY_DIR, documents(books, tokens, vocabulary, progress))
    written = Manifest(
        schema_version=SCHEMA_VERSION,
        recipe=manifest.recipe(),
        shelf=shelf.kind,
        corpus=shelf.digest,
        books=len(shelf.books),
        sections=sum(len(book.sections) for book, _ in shelf.books),
        passages=books.passage_count,
        words=sum(counts.total() for counts in counted),
        distinct_words=len(vocabulary.words),
        characters=sum(len(text) for _, text in shelf.books),
        widths=widths,
    )
    manifest.write(directory, written)
    return written


def _split(shelf: Shelf, progress: Progress) -> list[list[Split]]:
    """The passages of every book, each with its words."""
    found: list[list[Split]] = []
    same: dict[str, str] = {}  # one object for all occurrences of a word, which are two million
    for done, (book, text) in enumerate(shelf.books):
        progress("passages", done / len(shelf.books))
        own = [one for i, section in enumerate(book.sections) for one in split(text, i, section, book.form)]
        found.append([(passage, list(map(same.setdefault, words, words))) for passage, words in own])
    return found


def documents(
    books: Books, tokens: list[list[list[str]]], vocabulary: Vocabulary, progress: Progress
) -> Iterator[tantivy.Document]:
    """The passages in order, as tantivy takes them."""
    fields = schema()
    spelling = {word: vocabulary.canonical(word) for word in vocabulary.words}.__getitem__
    key = {word: vocabulary.key(word) for word in vocabulary.words}.__getitem__
    ordinal = 0
    for book, own in enumerate(tokens):
        for passage in own:
            keys = list(map(key, passage))
            document = {
                TEXT: " ".join(keys),
                EXACT: " ".join(map(spelling, passage)),
                PAIRS: " ".join(pairs(keys, vocabulary.frequent)),
                BOOK: book,
                BUCKET: books.bucket(ordinal),
                PASSAGE: ordinal,
            }
            yield tantivy.Document.from_dict(document, fields)
            ordinal += 1
        progress("index", (book + 1) / len(tokens))


def write(directory: Path, documents: Iterable[tantivy.Document]) -> None:
    """Tantivy's part of the index."""
    directory.mkdir()
    index = tantivy.Index(schema(), path=str(directory))
    register_analyzers(index)
    writer = index.writer(heap_size=_HEAP, num_threads=_THREADS)
    try:
        for document in documents:
            writer.add_document(document)
        writer.commit()
    finally:
        writer.wait_merging_threads()  # or they go on to write where a failed build is being removed
    for file in directory.iterdir():  # tantivy keeps some to their owner, but a container serves as another user
        file.chmod(0o644)


def _require_index(target: Path) -> None:
    """A person may name a directory by mistake; it must not vanish."""
    if target.exists() and not manifest.is_index(target) and any(target.iterdir()):
        raise TargetRefused(target)


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A new directory that takes the place of `target` when the block ends well, and vanishes when it does not."""
    building, previous = (target.with_name(f".{target.name}.{state}") for state in ("building", "previous"))
    if previous.exists() and not target.exists():  # a build was killed between the two renames below
        previous.rename(target)
    shutil.rmtree(building, ignore_errors=True)
    try:
        building.mkdir(parents=True)  # Ctrl-C may come before this line has ended
        yield building
        shutil.rmtree(previous, ignore_errors=True)
        if target.exists():
            target.rename(previous)
        building.rename(target)
        shutil.rmtree(previous, ignore_errors=True)
    except BaseException:
        if not target.exists() and previous.exists():
            previous.rename(target)
        shutil.rmtree(building, ignore_errors=True)
        raise
