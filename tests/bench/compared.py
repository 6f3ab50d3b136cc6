"""This application in one table with what else could have served."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.corpus.shelf import Shelf
from tests.bench.figures import Figures
from tests.bench.processes import pinned, run
from tests.bench.queries import Asked
from tests.relevance.scoring import Scores, ask, read

ENGINES = {"tfidf": "scikit-learn TF-IDF, whole books", "fts5": "SQLite FTS5, phrase→AND→OR, passages"}


@dataclass(frozen=True, slots=True)
class Row:
    """In-process query times in ms, memory in MiB, build in seconds, size in bytes. Of this application: plain answers
    with their JSON, the memory of the whole server, and the whole build command; of others the engine alone."""

    name: str
    p50: float
    p99: float
    mean: float
    resident: float
    seconds: float
    size: int
    scores: Scores


def this_application(index: Path, figures: Figures) -> Row:
    with pinned(index) as server:
        scores = Scores.of(ask(server, read()))
    plain, built = figures.latency["plain"], figures.built
    times = (plain.p50, plain.p99, plain.mean)
    return Row("this application", *times, figures.resident, built.seconds, built.size, scores)


def others(shelf: Shelf, asked: Sequence[Asked]) -> list[Row]:
    """Each engine in a process of its own."""
    return [_row(engine, json.dumps([(one.q, _books(shelf, one)) for one in asked])) for engine in ENGINES]


def _row(engine: str, questions: str) -> Row:
    with TemporaryDirectory() as directory:
        file = str(Path(directory) / engine)
        built = json.loads(run("-m", "tests.bench.engines", engine, "build", file))
        asked = json.loads(run("-m", "tests.bench.engines", engine, "ask", file, given=questions))
    return Row(ENGINES[engine], scores=Scores(**asked.pop("scores")), **built, **asked)


def _books(shelf: Shelf, asked: Asked) -> list[str]:
    """The books that its filters leave."""
    if asked.book:
        return [asked.book]
    return [book.id for book, _ in shelf.books if asked.author and book.author == asked.author]
