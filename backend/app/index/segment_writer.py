"""Writes a segment of the index: what tantivy has of its books, and an archive of all else."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, Self

import orjson
import tantivy

from app.corpus.errors import Rejection
from app.corpus.model import Origin
from app.corpus.speeches import speaking
from app.index import archive, books, neighbour_counts, segment, speakers, texts
from app.index.books import divisions, number_of
from app.index.counts_by_book import PAIRS as PAIR_COUNTS
from app.index.counts_by_book import WORDS, counted
from app.index.dispersion import BUCKETS, bucket_of
from app.index.frequent_words import FrequentWords
from app.index.prepared import Prepared
from app.index.prepared_file import PreparedFile
from app.index.schema import (
    BOOK,
    BUCKET,
    EXACT,
    PAIRS,
    PASSAGE,
    SPEAKER,
    SPELT,
    TANTIVY_DIR,
    TEXT,
    register_analyzers,
    schema,
)
from app.index.segment import ARCHIVE_FILE, Outline, Segment
from app.index.tallies import Tallies
from app.index.vocabulary import Vocabulary

_REPORTED = "reported.json"

# With one thread, tantivy's document ids follow the order of passages.
_THREADS = 1
# More than tantivy needs for the text of a segment: with less it would split the segment in an unknown order.
_HEAP = 1_000_000_000


class Terms(NamedTuple):
    """What the index has of each word of a segment: its key, its modern spelling if it has another one, and whether it
    has several spellings."""

    keys: Mapping[str, str]
    spellings: Mapping[str, str]
    several: Set[str]
    frequent: FrequentWords

    @classmethod
    def of(cls, vocabulary: Vocabulary, words: Collection[str]) -> Self:
        return cls(
            keys={word: vocabulary.key(word) for word in words},
            spellings={word: new for word in words if (new := vocabulary.canonical(word)) != word},
            several={word for word in words if vocabulary.has_spellings(word)},
            frequent=FrequentWords(vocabulary),
        )


def write_segment(
    directory: Path, files: Sequence[PreparedFile], rejected: Sequence[Rejection], vocabulary_dir: Path, digest: str
) -> None:
    """Writes the segment of these books, which follow each other. `rejected` are the files among them that cannot be
    books. The vocabulary is that of the whole index, in a directory from which each process reads it once; `digest` is
    that of its file."""
    directory.mkdir(parents=True)
    vocabulary = _vocabulary(vocabulary_dir, digest)
    tallies = Tallies.of_books(files)
    words, pairs = tallies.words, list[dict[str, int]]()
    terms = Terms.of(vocabulary, words)

    def documents() -> Iterator[tantivy.Document]:
        passage = 0
        for prepared in map(PreparedFile.load, files):
            yield from _documents(prepared, passage, terms, pairs)
            passage += len(prepared.passages)

    write(directory / TANTIVY_DIR, documents())
    found, passages = [file.book for file in files], [file.passages for file in files]
    encoded = [texts.encoded(file.text) for file in files]
    outlines = [
        Outline(
            replace(book, sections=()),
            len(book.sections),
            len(own),
            sum(passage.words for passage in own),
            len(text) // max(1, book.length),
            divisions(book),
        )
        for book, own, text in zip(found, passages, encoded, strict=True)
    ]
    archive.write(
        directory / ARCHIVE_FILE,
        {
            **segment.members(outlines, [section for book in found for section in book.sections]),
            **books.members(found, passages),
            **speakers.members(file.speakers for file in files),
            **counted(WORDS, (dict(zip(file.words, file.counts, strict=True)) for file in files)),
            **counted(PAIR_COUNTS, pairs),
            texts.TEXT: b"".join(encoded),
        },
        {
            **neighbour_counts.members(files, vocabulary, words),
            **tallies.members(),
            _REPORTED: orjson.dumps({"origins": [file.origin for file in files], "rejected": rejected}),
        },
    )


def reported(written: Segment) -> tuple[list[Origin | None], list[Rejection]]:
    """The origins of the books in a segment, and the files among them that cannot be books."""
    fields = orjson.loads(written.archive.compressed(_REPORTED))
    origins = [Origin(**origin) if origin else None for origin in fields["origins"]]
    return origins, [Rejection(**rejection) for rejection in fields["rejected"]]


@lru_cache(maxsize=1)
def _vocabulary(directory: Path, digest: str) -> Vocabulary:
    return Vocabulary.load(directory)


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
    for file in directory.iterdir():  # some are private to their owner, but containers serve as another user
        file.chmod(0o644)


def _documents(prepared: Prepared, first: int, terms: Terms, pairs: list[dict[str, int]]) -> Iterator[tantivy.Document]:
    """The passages of a book in order, as tantivy takes them; the first has this ordinal in the segment. The pairs of
    frequent words are counted on the way, since all are looked at here."""
    fields, words, tokens = schema(), prepared.words, prepared.tokens
    number, length = number_of(prepared.book.id), prepared.book.length
    spellings = [terms.spellings.get(word, word) for word in words]
    # What each field has for each word, and one entry for no word: with a single word, itemgetter would not return a
    # sequence.
    keys = [*(prepared.keys or map(terms.keys.__getitem__, words)), ""]
    exact = [*spellings, ""]
    spelt = [*(word if word in terms.several else "" for word in words), ""]
    runs = [*prepared.runs()]
    beside = terms.frequent.beside(spellings, tokens, runs)
    pairs.append(beside.counts)
    spoken_by = speaking(prepared.text, prepared.speakers, prepared.passages)
    passages = zip(prepared.passages, runs, beside.terms, spoken_by, strict=True)
    for ordinal, (passage, own, frequent, names) in enumerate(passages, first):
        of_runs = [itemgetter(*tokens[start:end], -1) for start, end in own]
        document = {
            # Tantivy takes no two values of a field as adjacent.
            TEXT: [" ".join(of(keys)) for of in of_runs],
            EXACT: [" ".join(of(exact)) for of in of_runs],
            SPELT: [" ".join(filter(None, of(spelt))) for of in of_runs],
            PAIRS: " ".join(frequent),
            SPEAKER: " ".join(map(speakers.key, names)),
            BOOK: number,
            BUCKET: number * BUCKETS + bucket_of(passage.start, passage.end, length),
            PASSAGE: ordinal,
        }
        yield tantivy.Document.from_dict(document, fields)
