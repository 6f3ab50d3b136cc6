"""Build the index: in a directory beside the target, then renamed, so that nothing is ever half-written."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import tantivy

from app.corpus.shelf import Shelf
from app.corpus.speeches import speaking
from app.index import manifest, texts
from app.index.books import Books
from app.index.cores import prepare_all
from app.index.dictionary import Dictionary
from app.index.errors import TargetRefused
from app.index.manifest import Manifest
from app.index.neighbours import save_neighbours
from app.index.pair_counts import PairCounts, Places
from app.index.pairs import pair
from app.index.prepared import Prepared
from app.index.schema import (
    BOOK,
    BUCKET,
    EXACT,
    PAIRS,
    PASSAGE,
    SCHEMA_VERSION,
    SPEAKER,
    SPELT,
    TANTIVY_DIR,
    TEXT,
    register_analyzers,
    schema,
)
from app.index.speakers import Speakers
from app.index.speakers import key as speakers_key
from app.index.vocabulary import Vocabulary

# One thread keeps the passages in order, so that tantivy's document ids are their ordinals.
_THREADS = 1
_HEAP = 256_000_000

Progress = Callable[[str, float], None]
"""Told the step and the part of it that is done, from 0 to 1."""


def build(shelf: Shelf, target: Path, progress: Progress) -> Manifest:
    """Write the index of the shelf to `target`, where the index that stood there stays until the new one is complete.

    Raises TargetRefused when something else stands there."""
    _require_index(target)
    with _replacing(target.resolve()) as directory:
        return _write(shelf, directory, progress)


def _write(shelf: Shelf, directory: Path, progress: Progress) -> Manifest:
    found = _prepare(shelf, progress)
    progress("words", 0)
    books = Books.of_passages([one.book for one in found], [one.passages for one in found])
    vocabulary = Vocabulary.of_books(
        [(one.book.early_modern, dict(zip(one.words, one.counts, strict=True))) for one in found],
        Dictionary.english(),
        frozenset().union(*(one.hyphenated for one in found)),
    )
    books.save(directory)
    vocabulary.save(directory)
    Speakers.of_books([one.speakers for one in found]).save(directory)
    widths = texts.save(directory, [one.text for one in found])
    pair_counts: list[Counter[Places]] = []
    # Tantivy works without Python for much of its time.
    with ThreadPoolExecutor(max_workers=1) as other:
        counting = other.submit(save_neighbours, directory, found, vocabulary)
        write(directory / TANTIVY_DIR, documents(books, found, vocabulary, pair_counts, progress))
        counting.result()
    PairCounts.of_books(list(zip(found, pair_counts, strict=True)), vocabulary).save(directory)
    written = Manifest(
        schema_version=SCHEMA_VERSION,
        recipe=manifest.recipe(),
        shelf=shelf.kind,
        corpus=shelf.digest,
        books=len(found),
        sections=sum(len(one.book.sections) for one in found),
        passages=books.passage_count,
        words=sum(len(one.tokens) for one in found),
        distinct_words=len(vocabulary.words),
        characters=sum(len(one.text) for one in found),
        widths=widths,
    )
    manifest.write(directory, written)
    return written


def _prepare(shelf: Shelf, progress: Progress) -> list[Prepared]:
    """The books in their order; progress is by their characters."""
    progress("passages", 0)
    total, done = sum(len(source.raw) for source, _ in shelf.sources), 0
    found: dict[int, Prepared] = {}
    for place, prepared in prepare_all(shelf.sources):
        found[place] = prepared
        done += len(shelf.sources[place][0].raw)
        progress("passages", done / total)
    return [found[place] for place in sorted(found)]


def documents(
    books: Books,
    found: Sequence[Prepared],
    vocabulary: Vocabulary,
    pair_counts: list[Counter[Places]],
    progress: Progress,
) -> Iterator[tantivy.Document]:
    """The passages in order, as tantivy takes them. The pairs of frequent words in each book are counted on the way,
    since all are looked at here."""
    fields, several = schema(), set(filter(vocabulary.has_spellings, vocabulary.words))
    ordinal = 0
    for book, prepared in enumerate(found):
        own: Counter[Places] = Counter()
        pair_counts.append(own)
        book_keys = [vocabulary.key(word) for word in prepared.words]
        key, frequent = book_keys.__getitem__, [key in vocabulary.frequent for key in book_keys]
        spelling = [vocabulary.canonical(word) for word in prepared.words].__getitem__
        spelt = [word if word in several else "" for word in prepared.words].__getitem__
        speakers = speaking(prepared.text, prepared.speakers, prepared.passages)
        for tokens, names in zip(prepared.by_passage(), speakers, strict=True):
            beside = [(a, b) for a, b in pairwise(tokens) if frequent[a] and frequent[b]]
            own.update(beside)
            document = {
                TEXT: " ".join(map(key, tokens)),
                EXACT: " ".join(map(spelling, tokens)),
                SPELT: " ".join(filter(None, map(spelt, tokens))),
                PAIRS: " ".join([pair(key(a), key(b)) for a, b in beside]),
                SPEAKER: " ".join(map(speakers_key, names)),
                BOOK: book,
                BUCKET: books.bucket(ordinal),
                PASSAGE: ordinal,
            }
            yield tantivy.Document.from_dict(document, fields)
            ordinal += 1
        progress("index", (book + 1) / len(found))


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
