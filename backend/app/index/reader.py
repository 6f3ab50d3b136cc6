"""Opens an index for reading. Its directory may be read-only."""

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Self

import orjson
import tantivy

from app.corpus.reference_names import Names
from app.index import manifest
from app.index.books import Books
from app.index.errors import IndexRefused
from app.index.manifest import Manifest
from app.index.neighbours import Neighbours
from app.index.pair_counts import PairCounts
from app.index.schema import META_FILE, TANTIVY_DIR, TEXT, register_analyzers
from app.index.speakers import Speakers
from app.index.texts import Texts
from app.index.vocabulary import Vocabulary

# Stems in more than this share of the passages are common.
_COMMON = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class IndexReader:
    """An open index. It may be used from several threads."""

    manifest: Manifest
    books: Books
    names: Names
    texts: Texts
    speakers: Speakers
    vocabulary: Vocabulary
    pairs: PairCounts
    neighbours: Neighbours
    schema: tantivy.Schema
    searcher: tantivy.Searcher
    segments: Sequence[int]
    """The first passage of each segment of tantivy; passages follow in order."""
    common: frozenset[str]
    """Stems that occur in so many passages that they say little about any of them."""
    links: "tempfile.TemporaryDirectory[str]"

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Checks every file, then opens the index. Raises IndexRefused with one line that says what to do."""
        found = manifest.read(directory)
        manifest.verify(directory)
        books = Books.load(directory)
        links = _linked(directory / TANTIVY_DIR)
        try:
            index, searcher = _open(links.name, found.passages)
        except ValueError as error:
            links.cleanup()
            raise IndexRefused(directory / TANTIVY_DIR, f"cannot be opened ({error})") from None
        texts = Texts.open(directory, [book.length for book in books.books], found.widths)
        vocabulary = Vocabulary.load(directory)
        return cls(
            manifest=found,
            books=books,
            names=Names(books.books),
            texts=texts,
            speakers=Speakers.load(directory, found.books),
            vocabulary=vocabulary,
            pairs=PairCounts.load(directory),
            neighbours=Neighbours(directory, vocabulary),
            schema=index.schema,
            searcher=searcher,
            segments=_firsts(directory / TANTIVY_DIR / META_FILE),
            common=_common(vocabulary.keys, searcher),
            links=links,
        )

    def ordinal(self, address: tantivy.DocAddress) -> int:
        """The ordinal of the passage at an address of tantivy."""
        return self.segments[address.segment_ord] + address.doc

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


def _firsts(meta: Path) -> list[int]:
    sizes = (segment["max_doc"] for segment in orjson.loads(meta.read_bytes())["segments"])
    return list(accumulate(sizes, initial=0))


def _common(keys: Iterable[str], searcher: tantivy.Searcher) -> frozenset[str]:
    limit = _COMMON * searcher.num_docs
    return frozenset(key for key in keys if searcher.doc_freq(TEXT, key) > limit)


def _linked(directory: Path) -> "tempfile.TemporaryDirectory[str]":
    """A temporary directory with links to the index files: tantivy creates a lock file even to read."""
    links = tempfile.TemporaryDirectory(prefix="gutenberg-index-")
    for file in directory.iterdir():
        if file.suffix != ".lock":
            _link(Path(links.name) / file.name, file.resolve())
    return links


def _link(link: Path, file: Path) -> None:
    try:
        link.symlink_to(file)
    except OSError:  # on Windows, only administrators may make links
        shutil.copyfile(file, link)
