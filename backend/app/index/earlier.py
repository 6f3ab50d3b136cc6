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
from app.index.neighbours import FOLDER as NEIGHBOURS
from app.index.neighbours import commonest
from app.index.segment import SEGMENTS_DIR, Segment, open_one
from app.index.strings import Strings
from app.index.texts import TEXT
from app.index.vocabulary import Vocabulary

# What a build never reads of a segment, which is most of it.
_UNREAD = (TEXT, NEIGHBOURS)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The segments of the earlier index by name, with the checksums of their files. All that a build reads of them is
    whole; whether the rest is, `whole` says."""

    directory: Path
    segments: Mapping[str, Segment]
    checksums: Mapping[str, str]

    @classmethod
    def read(cls, directory: Path, recipe: str, names: Iterable[str]) -> Self:
        """The segments with these names, if all that a build reads of them is whole; none if the earlier index is
        missing, or made by other code."""
        try:
            built = manifest.read(directory)
            if built.recipe == recipe:
                manifest.check(directory)
                shared = sorted({*built.segments}.intersection(names))
                segments = {name: segment for name in shared if (segment := _readable(directory / SEGMENTS_DIR / name))}
                return cls(directory, segments, manifest.checksums(directory))
        except IndexRefused:
            pass
        return cls(directory, {}, {})

    def whole(self, cores: Cores) -> set[str]:
        """The segments whose files are those that were written. To read all of them takes long."""
        names = list(self.segments)
        calls = [partial(_is_whole, self.directory, name, self.checksums) for name in names]
        return {names[position] for position, is_whole in cores.each(calls) if is_whole}

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


def _readable(directory: Path) -> Segment | None:
    """The segment, unless something is damaged that a build reads of it."""
    try:
        segment = open_one(directory)
    except IndexRefused:
        return None
    return segment if segment.archive.is_whole(_UNREAD) else None


def _is_whole(directory: Path, name: str, checksums: Mapping[str, str]) -> bool:
    own = _of_segment(name, checksums)
    return all(manifest.digest(directory / file) == expected for file, expected in own.items())


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
