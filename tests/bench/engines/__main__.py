"""Measure one reference engine: python -m tests.bench.engines NAME, with queries as JSON on standard input."""

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from app.corpus.shelf import load_shelf
from tests.bench.engines.engine import Engine
from tests.bench.latency import measure
from tests.bench.processes import resident
from tests.relevance.scoring import KnownItem, Scores, judge, read

# (query, books)
Question = tuple[str, list[str]]


def main() -> None:
    engine = _engine(sys.argv[1])
    asked: list[Question] = json.load(sys.stdin)
    shelf = load_shelf()
    with TemporaryDirectory() as directory:
        started = time.perf_counter()
        engine.build(shelf, Path(directory))
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in Path(directory).iterdir())
        del shelf
        latency = measure(lambda question: engine.find(*question), asked)
        scores = Scores.of([judge(item, _passages(engine, item)) for item in read()])
    row = {"seconds": seconds, "size": size, "resident": resident(os.getpid()), **asdict(latency)}
    print(json.dumps({**row, "scores": asdict(scores)}))


def _engine(name: str) -> Engine:
    # Each is imported alone, so that its memory is its own.
    if name == "tfidf":
        from tests.bench.engines.tfidf import Tfidf

        return Tfidf()
    from tests.bench.engines.fts5 import Fts5

    return Fts5()


def _passages(engine: Engine, item: KnownItem) -> list[dict[str, str]]:
    return [{"book": found.book, "text": found.text, "reference": found.book} for found in engine.find(item.q, [])]


if __name__ == "__main__":
    main()
