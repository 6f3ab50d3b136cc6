"""Writes a segment of the index: what tantivy has of its books, and an archive of all else."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, Self

import orjson
import tantivy

from app.corpus.errors import Rejection
from app.corpus.model import Origin
from app.corpus.speeches import speaking
from app.index import archive, books, name_tables, neighbour_counts, segment, speakers, texts
from app.index.books import divisions, number_of
from app.index.counts_by_book import PAIRS as PAIR_COUNTS
from app.index.counts_by_book import WORDS, counted
from app.index.dispersion import BUCKETS, bucket_of
from app.index.frequent_words import Beside, FrequentWords
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
from app.index.segment import ARCHIVE_FILE, Outline, Segment, open_one
from app.index.tallies import Tallies
from app.index.vocabulary import Vocabulary

_REPORTED = "reported.json"

# With one thread, tantivy's document ids follow the order of passages.
_THREADS = 1
# More than tantivy needs for the text of a segment: with less it would split the segment in an unknown order.
_HEAP = 1_000_000_000


class Terms(NamedTuple):
    """The vocabulary of the index, its words with several spellings, and its frequent words."""

    vocabulary: Vocabulary
    several: Set[str]
    frequent: FrequentWords

    @classmethod
    @lru_cache(maxsize=1)
    def read(cls, directory: Path, digest: str) -> Self:
        """From the directory of the vocabulary. Each process reads it once; `digest` is that of its file."""
        vocabulary = Vocabulary.load(directory)
        return cls(vocabulary, vocabulary.with_spellings, FrequentWords(vocabulary))


def write_books(directory: Path, files: Sequence[PreparedFile], rejected: Sequence[Rejection]) -> None:
    """Writes what depends on the books of a segment alone, which follow each other. `rejected` are the files among them
    that cannot be books."""
    directory.mkdir(parents=True)
    every_book, passages = [file.book for file in files], [file.passages for file in files]
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
        for book, own, text in zip(every_book, passages, encoded, strict=True)
    ]
    archive.add(
        directory / ARCHIVE_FILE,
        {
            **segment.members(outlines, [section for book in every_book for section in book.sections]),
            **books.members(every_book, passages),
            **speakers.members(file.speakers for file in files),
            **counted(WORDS, (dict(zip(file.words, file.counts, strict=True)) for file in files)),
            texts.TEXT: b"".join(encoded),
        },
        {
            **Tallies.of_books(files).members(),
            _REPORTED: orjson.dumps({"origins": [file.origin for file in files], "rejected": rejected}),
        },
    )


def write_names(directory: Path, parts: Iterable[Path | Sequence[PreparedFile]]) -> None:
    """Writes the names by which references find the books of the index, which are those of segments that are there
    already, and those in files."""
    every = (open_one(part).books() if isinstance(part, Path) else (file.book for file in part) for part in parts)
    name_tables.save(directory, [*chain.from_iterable(every)])


def write_counts(directory: Path, files: Sequence[PreparedFile], vocabulary_dir: Path, digest: str) -> None:
    """Adds what is counted of the vocabulary's frequent words in the books of a segment."""
    terms = Terms.read(vocabulary_dir, digest)
    pairs = counted(PAIR_COUNTS, (_beside(prepared, terms).counts for prepared in map(PreparedFile.load, files)))
    archive.add(directory / ARCHIVE_FILE, pairs, neighbour_counts.members(files, terms.vocabulary))


def write_passages(directory: Path, files: Sequence[PreparedFile], vocabulary_dir: Path, digest: str) -> None:
    """Writes the passages of the books of a segment for tantivy, with the terms that they have in the vocabulary."""
    terms = Terms.read(vocabulary_dir, digest)
    write(directory / TANTIVY_DIR, _passages(map(PreparedFile.load, files), terms))


def reported(written: Segment) -> tuple[list[Origin | None], list[Rejection]]:
    """The origins of the books in a segment, and the files among them that cannot be books."""
    fields = orjson.loads(written.archive.compressed(_REPORTED))
    origins = [Origin(**origin) if origin else None for origin in fields["origins"]]
    return origins, [Rejection(**rejection) for rejection in fields["rejected"]]


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


def _passages(books: Iterable[Prepared], terms: Terms) -> Iterator[tantivy.Document]:
    """The passages of these books in order, as tantivy takes them."""
    first = 0
    for prepared in books:
        yield from _documents(prepared, first, terms)
        first += len(prepared.passages)


def _documents(prepared: Prepared, first: int, terms: Terms) -> Iterator[tantivy.Document]:
    """The passages of a book; the first has this ordinal in the segment."""
    fields, words, tokens = schema(), prepared.words, prepared.tokens
    number, length = number_of(prepared.book.id), prepared.book.length
    # What each field has for each word, and one entry for no word: with a single word, itemgetter would not return a
    # sequence.
    keys = [*(prepared.keys or map(terms.vocabulary.key, words)), ""]
    exact = [*map(terms.vocabulary.canonical, words), ""]
    spelt = [*(word if word in terms.several else "" for word in words), ""]
    spoken_by = speaking(prepared.text, prepared.speakers, prepared.passages)
    passages = zip(prepared.passages, prepared.runs(), _beside(prepared, terms).terms, spoken_by, strict=True)
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


def _beside(prepared: Prepared, terms: Terms) -> Beside:
    spellings = [*map(terms.vocabulary.canonical, prepared.words)]
    return terms.frequent.beside(spellings, prepared.tokens, [*prepared.runs()])
