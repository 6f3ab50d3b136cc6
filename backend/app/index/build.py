"""Build the index: in a directory beside the target, then renamed, so that nothing is ever half-written."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from pathlib import Path

import tantivy

from app.corpus.shelf import Shelf
from app.corpus.speeches import speaking
from app.index import manifest, neighbour_counts, texts
from app.index.books import Books
from app.index.cores import Cores, cores
from app.index.dictionary import Dictionary
from app.index.errors import TargetRefused
from app.index.manifest import Manifest
from app.index.pair_counts import FrequentWords, PairCounts
from app.index.prepared import Prepared, prepare_all, worthwhile
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
    with _replacing(target.resolve()) as directory, cores(worthwhile(shelf.sources)) as many:
        return _write(shelf, directory, many, progress)


def _write(shelf: Shelf, directory: Path, cores: Cores, progress: Progress) -> Manifest:
    found = _prepare(shelf, cores, progress)
    progress("words", 0)
    books = Books.of_passages([one.book for one in found], [one.passages for one in found])
    vocabulary = Vocabulary.of_books(
        [(one.book.early_modern, dict(zip(one.words, one.counts, strict=True))) for one in found],
        Dictionary.english(),
        frozenset().union(*(one.hyphenated for one in found)),
    )
    counting = cores.begin(neighbour_counts.tables, *neighbour_counts.texts(found, vocabulary))
    frequent, pairs = FrequentWords(vocabulary), list[Counter[str]]()

    def save_rest() -> list[int]:
        books.save(directory)
        vocabulary.save(directory)
        PairCounts.of_books(pairs, frequent).save(directory)
        Speakers.of_books([one.speakers for one in found]).save(directory)
        neighbour_counts.save(directory, counting())
        return texts.save(directory, [one.text for one in found])

    with ThreadPoolExecutor(max_workers=1) as other:
        saving: Future[list[int]] | None = None

        def handed_over() -> Iterator[tantivy.Document]:
            nonlocal saving
            yield from documents(books, found, vocabulary, frequent, pairs, progress)
            saving = other.submit(save_rest)  # as Python has nothing more to do for what tantivy commits now

        write(directory / TANTIVY_DIR, handed_over())
    assert saving
    widths = saving.result()
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


def _prepare(shelf: Shelf, cores: Cores, progress: Progress) -> list[Prepared]:
    """The books in their order; progress is by their characters."""
    progress("passages", 0)
    total, done = sum(len(source.raw) for source, _ in shelf.sources), 0
    found: dict[int, Prepared] = {}
    for place, prepared in prepare_all(shelf.sources, cores):
        found[place] = prepared
        done += len(shelf.sources[place][0].raw)
        progress("passages", done / total)
    return [found[place] for place in sorted(found)]


def documents(
    books: Books,
    found: Sequence[Prepared],
    vocabulary: Vocabulary,
    frequent: FrequentWords,
    pairs: list[Counter[str]],
    progress: Progress,
) -> Iterator[tantivy.Document]:
    """The passages in order, as tantivy takes them. The pairs of frequent words in each book are counted on the way,
    since all are looked at here."""
    fields, several, term = schema(), vocabulary.with_spellings(), cache(frequent.term)
    ordinal = 0
    for book, prepared in enumerate(found):
        pairs.append(counted := Counter[str]())
        spellings = [vocabulary.canonical(word) for word in prepared.words]
        # For each word what a field has of it, and at last for none: that makes two of one, which itemgetter would
        # not give as a sequence.
        keys = [*map(vocabulary.key, prepared.words), ""]
        exact = [*spellings, ""]
        spelt = [*(word if word in several else "" for word in prepared.words), ""]
        characters = [*map(frequent.character, spellings), frequent.RARE]
        speakers = speaking(prepared.text, prepared.speakers, prepared.passages)
        for runs, names in zip(prepared.by_passage(), speakers, strict=True):
            of_runs = [itemgetter(*run, -1) for run in runs]
            beside = frequent.beside("".join("".join(of(characters)) for of in of_runs))
            counted.update(beside)
            document = {
                # Of several values tantivy takes none as beside the next.
                TEXT: [" ".join(of(keys)) for of in of_runs],
                EXACT: [" ".join(of(exact)) for of in of_runs],
                SPELT: [" ".join(filter(None, of(spelt))) for of in of_runs],
                PAIRS: " ".join(map(term, beside)),
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
