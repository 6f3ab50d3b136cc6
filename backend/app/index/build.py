"""Builds an index in a directory next to the target, which is then renamed, so that no index is ever half-written."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from app.corpus.errors import Rejection
from app.corpus.model import Book, Origin, ShelfKind
from app.corpus.shelf import Shelf
from app.corpus.unread import Unread
from app.index import manifest
from app.index.cores import Cores, available, cores, return_memory
from app.index.counted_vocabulary import vocabulary_of
from app.index.dictionary import Dictionary
from app.index.earlier import Earlier
from app.index.errors import TargetRefused
from app.index.grouping import Group, groups
from app.index.manifest import Manifest
from app.index.prepared_file import PreparedFile, prepare_all, prepared_name
from app.index.report import Report, require_all
from app.index.schema import SCHEMA_VERSION
from app.index.segment import SEGMENTS_DIR, open_all
from app.index.segment_writer import reported, write_books, write_counts, write_names, write_passages
from app.index.tallies import Tallies, together
from app.index.vocabulary import VOCABULARY_FILE

# Starting a process takes as long as preparing this many characters.
_WORTH_A_PROCESS = 500_000

Progress = Callable[[str, float], None]
"""Called with the step, and how much of it is done, from 0 to 1."""


Accept = Callable[[Report], None]
"""Called with the report on the files. Raises CorpusError to stop the build."""


def build(shelf: Shelf, target: Path, progress: Progress, accept: Accept = require_all) -> Manifest:
    """Writes the index of the shelf to `target`. The index that was there stays until the new one is complete.

    Segments of that one are taken as they are if neither their books nor what is said of their words has changed. What
    is prepared of each book is kept beside the index until it is complete, and afterwards if the books are a person's
    own. `accept` is told what became of the files before the index is written, and by default refuses one that cannot
    be a book. Raises TargetRefused when something else stands at the target, CorpusError and ProcessLost.
    """
    _require_index(target)
    place = target.resolve()
    kept = place.with_name(f".{place.name}.books")
    with _replacing(place) as directory, cores(worthwhile(shelf.sources)) as many:
        kept.mkdir(exist_ok=True)
        every = groups(shelf, manifest.recipe())
        earlier = Earlier.read(place, manifest.recipe(), [group.name for group in every], many)
        work = _Build(shelf, earlier, directory, kept, many, progress)
        written = work.run(every, accept)
    _tidy(kept, shelf)
    return written


def worthwhile(books: Sequence[Unread]) -> int:
    """The number of cores on which the books are prepared soonest."""
    return max(1, min(available(), len(books), sum(book.size for book in books) // _WORTH_A_PROCESS))


class _Prepared(NamedTuple):
    """What became of the files of a group."""

    files: list[PreparedFile]
    rejected: list[Rejection]


class _Words(NamedTuple):
    """How many words all books have together, and how many different ones."""

    total: int
    distinct: int


@dataclass(frozen=True, slots=True)
class _Build:
    shelf: Shelf
    earlier: Earlier
    directory: Path
    kept: Path
    cores: Cores
    progress: Progress

    def run(self, every: Sequence[Group], accept: Accept) -> Manifest:
        there = self.earlier.segments
        prepared = self._prepare([group for group in every if group.name not in there])
        accept(self._report(every, prepared))
        self.progress("words", 0)
        words, unchanged = self._write_words(every, prepared)
        return_memory()
        self.cores.renew()
        if changed := [group for group in every if group.name in there.keys() - unchanged]:
            again = self._prepare(changed)
            self._run(self._books(again))
            prepared.update(again)
        self._write_terms(prepared)
        taken = dict[str, str]()
        for name in unchanged:
            taken |= self.earlier.take(name, self.directory)
        names = [group.name for group in every if group.name in unchanged or prepared[group.name].files]
        return self._finish(names, words, taken)

    def _write_words(self, every: Sequence[Group], prepared: Mapping[str, _Prepared]) -> tuple[_Words, set[str]]:
        """Writes the vocabulary, and meanwhile what no word decides. Returns how many words there are, and which
        segments of the earlier index stay as they are. The vocabulary itself is not kept: processes that write in terms
        of it have their own, and need the memory."""
        calls = [partial(Tallies.of_books, built.files) for built in prepared.values()]
        new = together(tallies for _, tallies in self.cores.each(calls))
        with ThreadPoolExecutor(max_workers=1) as other:
            # Other processes write meanwhile.
            writing = other.submit(self._write_names_and_books, every, prepared)
            there = (self.earlier.segments[group.name] for group in every if group.name not in prepared)
            whole = together(chain([new], (Tallies.read(segment.archive) for segment in there)))
            vocabulary = vocabulary_of(
                Dictionary.english(), whole.modern, whole.early, whole.foreign, whole.hyphenated, whole.keys
            )
            del new, whole  # which are as large as the vocabulary
            vocabulary.save(self.directory)
            writing.result()
        return _Words(vocabulary.total, len(vocabulary.words)), self.earlier.unchanged(vocabulary)

    def _prepare(self, some: Sequence[Group]) -> dict[str, _Prepared]:
        """The prepared files of each group, by its name. Progress is measured in the sizes of the books."""
        self.progress("passages", 0)
        books = [(group.name, *book) for group in some for book in group.books]
        total, done = sum(unread.size for _, unread, _ in books), 0
        outcomes: dict[int, PreparedFile | Rejection] = {}
        unread = [(book, digest) for _, book, digest in books]
        for position, file in prepare_all(unread, self.kept, manifest.recipe(), self.cores):
            outcomes[position] = file
            done += books[position][1].size
            self.progress("passages", done / max(1, total))
        prepared = {group.name: _Prepared([], []) for group in some}
        for position in sorted(outcomes):
            files, rejected = prepared[books[position][0]]
            outcome = outcomes[position]
            if isinstance(outcome, Rejection):
                rejected.append(outcome)
            else:
                files.append(outcome)
        return prepared

    def _report(self, every: Iterable[Group], prepared: dict[str, _Prepared]) -> Report:
        books, rejected = list[tuple[Book, Origin | None]](), list(self.shelf.rejected)
        for group in every:
            if built := prepared.get(group.name):
                books += [(file.book, file.origin) for file in built.files]
                rejected += built.rejected
            else:
                segment = self.earlier.segments[group.name]
                origins, others = reported(segment)
                books += zip((outline.book for outline in segment.outlines), origins, strict=True)
                rejected += others
        return Report(books, rejected, self.shelf.others)

    def _write_names_and_books(self, every: Iterable[Group], prepared: Mapping[str, _Prepared]) -> None:
        """Writes what no word decides: the names of all books, and what each segment has of its books alone."""
        parts = [
            prepared[group.name].files if group.name in prepared else self.earlier.segments[group.name].directory
            for group in every
        ]
        self._run([partial(write_names, self.directory, parts), *self._books(prepared)])

    def _books(self, prepared: Mapping[str, _Prepared]) -> list[Callable[[], None]]:
        return [partial(write_books, self._segment(name), *built) for name, built in _filled(prepared)]

    def _run(self, calls: Sequence[Callable[[], None]]) -> None:
        for _ in self.cores.each(calls):
            pass

    def _write_terms(self, prepared: Mapping[str, _Prepared]) -> None:
        """Writes what each segment has of its books in terms of the vocabulary, side by side."""
        digest = manifest.digest(self.directory / VOCABULARY_FILE)
        calls = [
            partial(write, self._segment(name), built.files, self.directory, digest)
            for name, built in _filled(prepared)
            for write in (write_passages, write_counts)
        ]
        self.progress("index", 0)
        for done, _ in enumerate(self.cores.each(calls), 1):
            self.progress("index", done / len(calls))

    def _segment(self, name: str) -> Path:
        return self.directory / SEGMENTS_DIR / name

    def _finish(self, names: list[str], words: _Words, checksums: Mapping[str, str]) -> Manifest:
        outlines = [outline for segment in open_all(self.directory, names) for outline in segment.outlines]
        written = Manifest(
            schema_version=SCHEMA_VERSION,
            recipe=manifest.recipe(),
            shelf=self.shelf.kind,
            corpus=self.shelf.digest,
            books=len(outlines),
            sections=sum(outline.sections for outline in outlines),
            passages=sum(outline.passages for outline in outlines),
            words=words.total,
            distinct_words=words.distinct,
            characters=sum(outline.book.length for outline in outlines),
            segments=names,
        )
        manifest.write(self.directory, written, checksums)
        return written


def _filled(prepared: Mapping[str, _Prepared]) -> Iterator[tuple[str, _Prepared]]:
    """The groups that have books."""
    return ((name, one) for name, one in prepared.items() if one.files)


def _tidy(folder: Path, shelf: Shelf) -> None:
    """Deletes what is prepared of other shelves from the folder; for other books than a person's own, all of it."""
    keep = {prepared_name(manifest.recipe(), digest) for digest in shelf.digests if shelf.kind is ShelfKind.OWN}
    for path in folder.iterdir():
        if path.name not in keep:
            path.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()


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
