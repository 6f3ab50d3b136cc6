"""The index that stood there before: what has not changed is taken from it."""

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import compress
from operator import ne
from pathlib import Path
from typing import Self

from app.index import manifest
from app.index.cores import Cores
from app.index.counts_by_book import WORDS
from app.index.errors import IndexRefused
from app.index.neighbours import commonest
from app.index.segment import SEGMENTS_DIR, Segment, open_one
from app.index.strings import Strings
from app.index.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Earlier:
    """The segments of the earlier index by name, with the checksums of their files."""

    directory: Path
    segments: Mapping[str, Segment]
    checksums: Mapping[str, str]

    @classmethod
    def read(cls, directory: Path, recipe: str, names: Iterable[str], cores: Cores) -> Self:
        """The segments with these names that are whole; none if the earlier index is missing, or made by other code."""
        try:
            built = manifest.read(directory)
            if built.recipe == recipe:
                manifest.check(directory)
                checksums = manifest.checksums(directory)
                shared = sorted({*built.segments}.intersection(names))
                calls = [partial(_is_whole, directory, name, checksums) for name in shared]
                whole = [shared[position] for position, is_whole in cores.each(calls) if is_whole]
                segments = {name: open_one(directory / SEGMENTS_DIR / name) for name in whole}
                return cls(directory, segments, checksums)
        except IndexRefused:
            pass
        return cls(directory, {}, {})

    def unchanged(self, vocabulary: Vocabulary) -> set[str]:
        """The segments that this vocabulary would not change: it says the same of all their words as the earlier
        one."""
        if not self.segments:
            return set()
        earlier = Vocabulary.load(self.directory)
        if earlier.frequent != vocabulary.frequent or commonest(earlier) != commonest(vocabulary):
            return set()
        changed = earlier.with_spellings ^ vocabulary.with_spellings
        changed |= {old for old, _ in earlier.respelled.items() ^ vocabulary.respelled.items()}
        before = earlier.key_of_each()
        after = map(vocabulary.key_of_each().get, before, before.values())
        changed |= {*compress(before, map(ne, before.values(), after))}
        return {name for name, segment in self.segments.items() if not _has_any(segment, changed)}

    def take(self, name: str, directory: Path) -> dict[str, str]:
        """Links the segment into this index, since its files never change and two indexes can share them. Returns their
        checksums."""
        shutil.copytree(self.directory / SEGMENTS_DIR / name, directory / SEGMENTS_DIR / name, copy_function=_link)
        return _of_segment(name, self.checksums)


def _is_whole(directory: Path, name: str, checksums: Mapping[str, str]) -> bool:
    """Whether the files of the segment are those that were written. To read all segments would take long: a file that
    is older than the checksums has not been written since."""
    written = (directory / manifest.CHECKSUMS_FILE).stat().st_mtime_ns
    paths = {directory / file: expected for file, expected in _of_segment(name, checksums).items()}
    return all(
        path.stat().st_mtime_ns < written or manifest.digest(path) == expected for path, expected in paths.items()
    )


def _of_segment(name: str, checksums: Mapping[str, str]) -> dict[str, str]:
    inside = f"{SEGMENTS_DIR}/{name}/"
    return {file: expected for file, expected in checksums.items() if file.startswith(inside)}


def _has_any(segment: Segment, words: Iterable[str]) -> bool:
    known = Strings(segment.archive, WORDS)
    return any(known.find(word) is not None for word in words)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # some file systems have no links
        shutil.copyfile(source, target)
