"""Builds an index in a directory next to the target, which is then renamed, so that no index is ever half-written."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain
from math import ceil
from pathlib import Path
from typing import Any

from app.corpus.errors import Rejection
from app.corpus.model import Book, ShelfKind
from app.corpus.shelf import Shelf
from app.corpus.unread import Unread
from app.index import manifest, neighbour_counts, segment, texts
from app.index.books import Books
from app.index.cores import Cores, available, cores
from app.index.dictionary import Dictionary
from app.index.errors import TargetRefused
from app.index.manifest import Manifest
from app.index.neighbour_counts import Columns, CountedWords, together
from app.index.pair_counts import Beside, PairCounts
from app.index.prepared_file import PreparedFile, prepare_all
from app.index.report import Report, require_all
from app.index.schema import SCHEMA_VERSION, TANTIVY_DIR
from app.index.segment import Placed, Terms, write_segment
from app.index.speakers import Speakers
from app.index.vocabulary import Vocabulary

# Starting a process takes as long as preparing this many characters.
_WORTH_A_PROCESS = 500_000
# Characters per segment: more segments slow queries down, larger ones need more memory to build.
_SEGMENT = 48_000_000

Progress = Callable[[str, float], None]
"""Called with the step, and how much of it is done, from 0 to 1."""


Accept = Callable[[Report], None]
"""Called with the report on the files. Raises CorpusError to stop the build."""


def build(shelf: Shelf, target: Path, progress: Progress, accept: Accept = require_all) -> Manifest:
    """Writes the index of the shelf to `target`. The index that was there stays until the new one is complete.

    What was prepared of each book is kept beside the index until then. For a person's own books it is kept afterwards
    too: the next build reuses what has not changed. `accept` gets the report on the files before the index is written;
    the default refuses files that cannot be books. Raises TargetRefused when something else is at the target,
    CorpusError, and ProcessLost.
    """
    _require_index(target)
    place = target.resolve()
    kept = place.with_name(f".{place.name}.books")
    with _replacing(place) as directory, cores(worthwhile(shelf.sources)) as many:
        kept.mkdir(exist_ok=True)
        files, rejected = _prepare(shelf, kept, many, progress)
        accept(Report([(file.book, file.origin) for file in files], [*shelf.rejected, *rejected], shelf.others))
        written = _write(shelf, files, directory, many, progress)
    _tidy(kept, files if shelf.kind is ShelfKind.OWN else [])
    return written


def worthwhile(books: Sequence[Unread]) -> int:
    """On how many cores the books are prepared soonest."""
    return max(1, min(available(), len(books), sum(book.size for book in books) // _WORTH_A_PROCESS))


def _prepare(
    shelf: Shelf, folder: Path, cores: Cores, progress: Progress
) -> tuple[list[PreparedFile], list[Rejection]]:
    """The prepared books in their order, and the files that cannot be books. Progress is by the size of files."""
    progress("passages", 0)
    total, done = sum(source.size for source in shelf.sources), 0
    found: dict[int, PreparedFile | Rejection] = {}
    for place, file in prepare_all(shelf.sources, folder, manifest.recipe(), cores):
        found[place] = file
        done += shelf.sources[place].size
        progress("passages", done / total)
    outcomes = [found[place] for place in sorted(found)]
    rejected = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
    return [outcome for outcome in outcomes if isinstance(outcome, PreparedFile)], rejected


def _write(shelf: Shelf, files: Sequence[PreparedFile], directory: Path, cores: Cores, progress: Progress) -> Manifest:
    progress("words", 0)
    found = [file.book for file in files]
    vocabulary = Vocabulary.of_books(
        _WordCounts(found, files),
        Dictionary.english(),
        frozenset().union(*(file.hyphenated for file in files)),
        _other_keys(files),
    )
    books = Books.of_passages(found, (file.passages for file in files))

    def save_rest() -> list[int]:
        books.save(directory)
        vocabulary.save(directory)
        Speakers.of_books(file.speakers for file in files).save(directory)
        return texts.save(directory, (file.text for file in files))

    with ThreadPoolExecutor(max_workers=1) as other:
        saving = other.submit(save_rest)  # while other processes handle the passages
        _write_passages(directory, books, files, vocabulary, cores, progress)
        widths = saving.result()
    written = Manifest(
        schema_version=SCHEMA_VERSION,
        recipe=manifest.recipe(),
        shelf=shelf.kind,
        corpus=shelf.digest,
        books=len(found),
        sections=sum(len(book.sections) for book in found),
        passages=books.passage_count,
        words=vocabulary.total,
        distinct_words=len(vocabulary.words),
        characters=sum(book.length for book in found),
        widths=widths,
    )
    manifest.write(directory, written)
    return written


@dataclass(frozen=True, slots=True)
class _WordCounts:
    """The word counts that the vocabulary is made of. Each iteration reads the books again, one by one."""

    books: Sequence[Book]
    files: Sequence[PreparedFile]

    def __iter__(self) -> Iterator[tuple[bool | None, Mapping[str, int]]]:
        for book, file in zip(self.books, self.files, strict=True):
            is_early = book.early_modern if book.is_english else None
            yield is_early, dict(zip(file.words, file.counts, strict=True))


def _other_keys(files: Sequence[PreparedFile]) -> dict[str, list[str]]:
    """The stems that words have in books in other languages than English."""
    keys: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for file in files:
        if own := file.keys:
            for word, key in zip(file.words, own, strict=True):
                keys[word][key] = None
    return {word: list(own) for word, own in keys.items()}


def _write_passages(
    directory: Path,
    books: Books,
    files: Sequence[PreparedFile],
    vocabulary: Vocabulary,
    cores: Cores,
    progress: Progress,
) -> None:
    """Writes tantivy's part of the index, in segments that are made in parallel, and what is counted on the way."""
    progress("index", 0)
    terms, counted = Terms.of(vocabulary), CountedWords.of(vocabulary)
    placed = [Placed(file, book, books.extents[book].first) for book, file in enumerate(files)]
    parts = _parts([book.length for book in books.books])
    directories = [directory / f"{TANTIVY_DIR}-{part}" for part in range(len(parts))]
    segments = [
        partial(write_segment, place, placed[part.start : part.stop], terms)
        for place, part in zip(directories, parts, strict=True)
    ]
    counts = [partial(neighbour_counts.count, files[part.start : part.stop], counted) for part in parts]
    calls: list[Callable[[], Any]] = [*segments, *counts]
    pairs, neighbours = dict[int, list[Beside]](), list[Columns]()
    for done, (place, result) in enumerate(cores.each(calls), 1):
        if place < len(parts):
            pairs[place] = result
        else:  # merged at once, since those of all parts would fill the memory
            neighbours = together(neighbours, result) if neighbours else result
        progress("index", done / len(calls))
    segment.join(directories, directory / TANTIVY_DIR)
    in_order = chain.from_iterable(pairs[place] for place in sorted(pairs))
    PairCounts.of_books(list(in_order), terms.frequent).save(directory)
    neighbour_counts.save(directory, neighbours)


def _parts(lengths: Sequence[int]) -> list[range]:
    """The books in as few parts as possible, of about the same length. Their number is one or even: a third part would
    leave one of two cores idle."""
    total = sum(lengths)
    number = 1 if total <= _SEGMENT else 2 * ceil(total / _SEGMENT / 2)
    most = total / number
    part_of = [int((end - length / 2) / most) for length, end in zip(lengths, accumulate(lengths), strict=True)]
    firsts = [book for book, part in enumerate(part_of) if not book or part != part_of[book - 1]]
    return [range(first, end) for first, end in zip(firsts, [*firsts[1:], len(lengths)], strict=True)]


def _tidy(folder: Path, keep: Sequence[PreparedFile]) -> None:
    """Deletes all other files in the folder, and the folder if it is empty."""
    paths = {file.path for file in keep}
    if not paths:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for path in folder.iterdir():
        if path not in paths:
            path.unlink()


def _require_index(target: Path) -> None:
    """Raises TargetRefused if the directory is no index: someone may have named it by mistake."""
    if target.exists() and not manifest.is_index(target) and any(target.iterdir()):
        raise TargetRefused(target)


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A new directory, which replaces `target` when the block succeeds and is deleted when it fails."""
    building, previous = (target.with_name(f".{target.name}.{state}") for state in ("building", "previous"))
    if previous.exists() and not target.exists():  # an earlier build was killed between the two renames below
        previous.rename(target)
    shutil.rmtree(building, ignore_errors=True)
    try:
        building.mkdir(parents=True)  # Ctrl-C may arrive before this line has ended
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
