"""A segment of the index: some of the books as tantivy stores them, and what is counted on the way."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, Self

import orjson
import tantivy

from app.corpus.speeches import speaking
from app.index.dispersion import bucket_of
from app.index.pair_counts import Beside, FrequentWords
from app.index.prepared import Prepared
from app.index.prepared_file import PreparedFile
from app.index.schema import (
    BOOK,
    BUCKET,
    EXACT,
    META_FILE,
    PAIRS,
    PASSAGE,
    SPEAKER,
    SPELT,
    TEXT,
    register_analyzers,
    schema,
)
from app.index.speakers import key as speakers_key
from app.index.vocabulary import Vocabulary

_MANAGED = ".managed.json"
# With one thread, tantivy's document ids follow the order of passages.
_THREADS = 1
# More than tantivy needs for the text of a segment: with less it would split the segment in an unknown order.
_HEAP = 1_000_000_000


class Terms(NamedTuple):
    """What the index stores for each word: its key, its modern spelling if it differs, and whether it has several
    spellings."""

    keys: Mapping[str, str]
    spellings: Mapping[str, str]
    several: Set[str]
    frequent: FrequentWords

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Self:
        words = vocabulary.words
        return cls(
            keys={word: vocabulary.key(word) for word in words},
            spellings={word: new for word in words if (new := vocabulary.canonical(word)) != word},
            several=vocabulary.with_spellings(),
            frequent=FrequentWords(vocabulary),
        )


class Placed(NamedTuple):
    """A book with its ordinal and the ordinal of its first passage."""

    file: PreparedFile
    ordinal: int
    passage: int


def write_segment(directory: Path, books: Sequence[Placed], terms: Terms) -> list[Beside]:
    """Writes the segment of these consecutive books to a directory of its own. Returns the pairs of frequent words in
    each book."""
    pairs = list[Beside]()

    def documents() -> Iterator[tantivy.Document]:
        for book in books:
            counted = Counter[str]()
            yield from _documents(book, book.file.load(), terms, counted)
            pairs.append(Beside.of(counted))

    write(directory, documents())
    return pairs


def write(directory: Path, documents: Iterable[tantivy.Document]) -> None:
    """Writes tantivy's part of the segment."""
    directory.mkdir()
    index = tantivy.Index(schema(), path=str(directory))
    register_analyzers(index)
    writer = index.writer(heap_size=_HEAP, num_threads=_THREADS)
    try:
        for document in documents:
            writer.add_document(document)
        writer.commit()
    finally:
        writer.wait_merging_threads()  # else its threads would write on while a failed build is being deleted


def _documents(placed: Placed, prepared: Prepared, terms: Terms, pairs: Counter[str]) -> Iterator[tantivy.Document]:
    """The passages of a book in order, as tantivy takes them. Pairs of frequent words are counted on the way, because
    every passage is looked at here."""
    fields, term, words = schema(), cache(terms.frequent.term), prepared.words
    spellings = [terms.spellings.get(word, word) for word in words]
    # What each field has for each word, and one entry for no word: with a single word, itemgetter would not return a
    # sequence.
    keys = [*(prepared.keys or map(terms.keys.__getitem__, words)), ""]
    exact = [*spellings, ""]
    spelt = [*(word if word in terms.several else "" for word in words), ""]
    characters = [*map(terms.frequent.character, spellings), terms.frequent.RARE]
    speakers = speaking(prepared.text, prepared.speakers, prepared.passages)
    passages = zip(prepared.passages, prepared.by_passage(), speakers, strict=True)
    for ordinal, (passage, runs, names) in enumerate(passages, placed.passage):
        of_runs = [itemgetter(*run, -1) for run in runs]
        beside = terms.frequent.beside("".join("".join(of(characters)) for of in of_runs))
        pairs.update(beside)
        document = {
            # Tantivy takes no two values of a field as adjacent.
            TEXT: [" ".join(of(keys)) for of in of_runs],
            EXACT: [" ".join(of(exact)) for of in of_runs],
            SPELT: [" ".join(filter(None, of(spelt))) for of in of_runs],
            PAIRS: " ".join(map(term, beside)),
            SPEAKER: " ".join(map(speakers_key, names)),
            BOOK: placed.ordinal,
            BUCKET: bucket_of(passage, prepared.book, placed.ordinal),
            PASSAGE: ordinal,
        }
        yield tantivy.Document.from_dict(document, fields)


def join(segments: Sequence[Path], directory: Path) -> None:
    """Joins segments into one index that keeps their order. The segments are consumed.

    Tantivy describes an index in two files, which are merged here: the files of a segment do not mention other
    segments.
    """
    directory.mkdir()
    metas, managed = [], list[str]()
    for segment in segments:
        metas.append(orjson.loads((segment / META_FILE).read_bytes()))
        managed += orjson.loads((segment / _MANAGED).read_bytes())
        for file in segment.iterdir():
            if file.name not in (META_FILE, _MANAGED) and file.suffix != ".lock":
                file.rename(directory / file.name)
        shutil.rmtree(segment)
    joined = {**metas[0], "segments": [segment for meta in metas for segment in meta["segments"]]}
    (directory / META_FILE).write_bytes(orjson.dumps(joined))
    (directory / _MANAGED).write_bytes(orjson.dumps(sorted(set(managed))))
    for file in directory.iterdir():  # some are private to their owner, but containers serve as another user
        file.chmod(0o644)
