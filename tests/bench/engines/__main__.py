"""Build or measure a reference engine, and print what was found as JSON.

python -m tests.bench.engines ENGINE build FILE
python -m tests.bench.engines ENGINE ask FILE < QUESTIONS
"""

import json
import os
import sys
import time
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from app.corpus.shelf import load_shelf
from tests.bench.engines.engine import Engine, Find
from tests.bench.processes import resident
from tests.bench.timing import measure
from tests.relevance.scoring import KnownItem, Scores, judge, read


def main() -> None:
    name, command, file = sys.argv[1:]
    # Each is imported alone, so that its memory is its own.
    engine = cast(Engine, import_module(f"tests.bench.engines.{name}"))
    print(json.dumps(_build(engine, Path(file)) if command == "build" else _ask(engine, Path(file))))


def _build(engine: Engine, file: Path) -> dict[str, Any]:
    shelf = load_shelf()
    started = time.perf_counter()
    engine.build(shelf, file)
    return {"seconds": time.perf_counter() - started, "size": file.stat().st_size}


def _ask(engine: Engine, file: Path) -> dict[str, Any]:
    find = engine.opened(file)
    latency = measure(lambda question: find(*question), json.load(sys.stdin))
    scores = Scores.of([judge(item, _passages(find, item)) for item in read()])
    return {"resident": resident(os.getpid()), **asdict(latency), "scores": asdict(scores)}


def _passages(find: Find, item: KnownItem) -> list[dict[str, str]]:
    return [{"book": found.book, "text": found.text, "reference": found.book} for found in find(item.q, [])]


if __name__ == "__main__":
    main()
