"""Build or measure a reference engine, and print what was found as JSON.

python -m tests.bench.engines ENGINE build PLACE < DOCUMENTS
python -m tests.bench.engines ENGINE ask PLACE < QUESTIONS
"""

import json
import os
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from tests.bench.engines.engine import Document, Engine, Find
from tests.bench.processes import resident, size
from tests.bench.timing import measure, spent
from tests.relevance.scoring import KnownItem, Scores, judge, known_items


def main() -> None:
    name, command, place = sys.argv[1:]
    # Each is imported alone, so that its memory is its own.
    engine = cast(Engine, import_module(f"tests.bench.engines.{name}"))
    print(json.dumps(_build(engine, Path(place)) if command == "build" else _ask(engine, Path(place))))


def _build(engine: Engine, place: Path) -> dict[str, Any]:
    documents = [Document(**json.loads(line)) for line in sys.stdin]
    seconds = spent(lambda: engine.build(documents, place)).processor
    return {"seconds": seconds, "size": size(place)}


def _ask(engine: Engine, place: Path) -> dict[str, Any]:
    find = engine.opened(place)
    questions = json.load(sys.stdin)
    latency = {
        shape: asdict(measure(lambda asked: find(*asked, facets=facets), questions))  # noqa: B023 # called at once
        for shape, facets in (("plain", False), ("full", True))
    }
    scores = Scores.of([judge(item, _passages(find, item)) for item in known_items()])
    return {"resident": resident(os.getpid()), "latency": latency, "scores": asdict(scores)}


def _passages(find: Find, item: KnownItem) -> list[dict[str, str]]:
    answer = find(item.q, [], facets=False)
    return [{"book": one.book, "text": one.text, "reference": one.book} for one in answer.found]


if __name__ == "__main__":
    main()
