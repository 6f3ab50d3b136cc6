"""This application in one table with what else could have served."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.corpus.shelf import Shelf
from tests.bench.engines.documents import lines
from tests.bench.figures import Figures
from tests.bench.processes import pinned, run
from tests.bench.queries import Asked
from tests.bench.timing import Latency
from tests.relevance.scoring import Scores, ask, known_items

ENGINES = {
    "tfidf": "scikit-learn TF-IDF, whole books",
    "fts5": "SQLite FTS5, phrase→AND→OR, passages",
    "xapian_passages": "Xapian, phrase→AND→OR, passages",
}
# Debian packages Xapian for its own Python alone.
_SYSTEM_PYTHON = "/usr/bin/python3"


@dataclass(frozen=True, slots=True)
class Row:
    """In-process query times by shape of answer: with marked passages, and with counts by book too when it is full;
    memory in MiB, build in seconds of the processor, size in bytes. Of this application: with JSON and all else that it
    answers, the memory of the whole server, and the whole build command; of others the engine alone."""

    name: str
    latency: dict[str, Latency]
    resident: float
    seconds: float
    size: int
    scores: Scores


def this_application(index: Path, figures: Figures) -> Row:
    with pinned(index) as server:
        scores = Scores.of(ask(server, known_items()))
    built = figures.built
    return Row("this application", figures.latency, figures.resident, built.processor, built.size, scores)


def others(shelf: Shelf, asked: Sequence[Asked]) -> Iterator[Row]:
    """Each engine that is there, in a process of its own."""
    documents, questions = lines(shelf), json.dumps([(one.q, books(shelf, one)) for one in asked])
    for engine, name in ENGINES.items():
        if engine != "xapian_passages":
            yield _row(engine, name, documents, questions)
        elif has_xapian():
            yield _row(engine, name, documents, questions, _SYSTEM_PYTHON)


def has_xapian() -> bool:
    """Whether Debian's package python3-xapian is installed."""
    try:
        return subprocess.run([_SYSTEM_PYTHON, "-c", "import xapian"], capture_output=True).returncode == 0
    except OSError:
        return False


def books(shelf: Shelf, asked: Asked) -> list[str]:
    """The books that the filters leave, if the question has any."""
    if asked.book:
        return [asked.book]
    return [book.id for book, _ in shelf.books if asked.author and book.author == asked.author]


def _row(engine: str, name: str, documents: str, questions: str, python: str = sys.executable) -> Row:
    with TemporaryDirectory() as directory:
        place = str(Path(directory) / engine)
        module = ("-m", "tests.bench.engines", engine)
        built = json.loads(run(*module, "build", place, given=documents, python=python))
        asked = json.loads(run(*module, "ask", place, given=questions, python=python))
    latency = {shape: Latency(**times) for shape, times in asked.pop("latency").items()}
    return Row(name, latency, scores=Scores(**asked.pop("scores")), **built, **asked)
