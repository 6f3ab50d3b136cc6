"""Opens an index for reading. Its directory may be read-only."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import orjson
import tantivy

from app.corpus.reference_names import Names
from app.index import manifest, name_tables
from app.index.books import Books
from app.index.counts_by_book import PAIRS, WORDS, CountsByBook
from app.index.errors import IndexRefused
from app.index.manifest import Manifest
from app.index.neighbours import Neighbours
from app.index.pair_counts import PairCounts
from app.index.schema import META_FILE, TANTIVY_DIR, TEXT, register_analyzers
from app.index.segment import SEGMENTS_DIR, Segment, open_all
from app.index.speakers import Speakers
from app.index.texts import Texts
from app.index.vocabulary import Vocabulary

# Stems in more than this share of the passages are common.
_COMMON = 0.25
_MANAGED_FILE = ".managed.json"


@dataclass(frozen=True, slots=True, eq=False)
class IndexReader:
    """An open index. It may be used from several threads."""

    manifest: Manifest
    segments: list[Segment]
    books: Books
    names: Names
    texts: Texts
    speakers: Speakers
    vocabulary: Vocabulary
    word_counts: CountsByBook
    pairs: PairCounts
    neighbours: Neighbours
    schema: tantivy.Schema
    searcher: tantivy.Searcher
    common: frozenset[str]
    """Stems that occur in so many passages that they say little about any of them."""
    links: "tempfile.TemporaryDirectory[str]"

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Checks every file, then opens the index. Raises IndexRefused with one line that says what to do."""
        built = manifest.read(directory)
        manifest.check(directory)
        segments = open_all(directory, built.segments)
        books = Books(segments)
        vocabulary = Vocabulary.load(directory)
        links = _linked([segment.directory / TANTIVY_DIR for segment in segments])
        try:
            index, searcher = _open(links.name, built.passages)
        except ValueError as error:
            links.cleanup()
            raise IndexRefused(directory / SEGMENTS_DIR, f"cannot be opened ({error})") from None
        return cls(
            manifest=built,
            segments=segments,
            books=books,
            names=Names(name_tables.load(directory, books.books)),
            texts=Texts(segments),
            speakers=Speakers(segments),
            vocabulary=vocabulary,
            word_counts=CountsByBook(segments, WORDS),
            pairs=PairCounts(CountsByBook(segments, PAIRS), vocabulary),
            neighbours=Neighbours(segments, vocabulary),
            schema=index.schema,
            searcher=searcher,
            common=_common(vocabulary, searcher),
            links=links,
        )

    def close(self) -> None:
        self.texts.close()
        self.links.cleanup()


def _open(directory: str, passages: int) -> tuple[tantivy.Index, tantivy.Searcher]:
    """Opens tantivy's part. Raises ValueError if tantivy cannot read it, or if it does not hold the passages that the
    manifest says."""
    index = tantivy.Index.open(directory)
    index.config_reader("manual", 0)
    register_analyzers(index)
    searcher = index.searcher()
    if searcher.num_docs != passages:
        raise ValueError(f"it holds {searcher.num_docs} passages, its manifest names {passages}")
    return index, searcher


def _common(vocabulary: Vocabulary, searcher: tantivy.Searcher) -> frozenset[str]:
    limit = _COMMON * searcher.num_docs
    return frozenset(key for key in vocabulary.common_keys(limit) if searcher.doc_freq(TEXT, key) > limit)


def _linked(segments: list[Path]) -> "tempfile.TemporaryDirectory[str]":
    """One tantivy index of all segments, in their order, in a temporary directory of links to their files: tantivy
    writes a lock file even to read.

    The two files in which tantivy describes an index are put together here: those of a segment describe it alone.
    """
    links = tempfile.TemporaryDirectory(prefix="gutenberg-index-")
    directory, metas, managed = Path(links.name), [], list[str]()
    for segment in segments:
        metas.append(orjson.loads((segment / META_FILE).read_bytes()))
        managed += orjson.loads((segment / _MANAGED_FILE).read_bytes())
        for file in segment.iterdir():
            if file.name not in (META_FILE, _MANAGED_FILE) and file.suffix != ".lock":
                _link(directory / file.name, file.resolve())
    joined = {**metas[0], "segments": [segment for meta in metas for segment in meta["segments"]]}
    (directory / META_FILE).write_bytes(orjson.dumps(joined))
    (directory / _MANAGED_FILE).write_bytes(orjson.dumps(sorted({*managed})))
    return links


def _link(link: Path, file: Path) -> None:
    try:
        link.symlink_to(file)
    except OSError:  # on Windows, only administrators may make links
        shutil.copyfile(file, link)
