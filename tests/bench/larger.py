"""A corpus ten times as large: the paragraphs of every book in ten other orders."""

from pathlib import Path
from random import Random

from app.corpus.source import find

TIMES = 10


def write(folder: Path) -> None:
    """180 books of the 18, always the same ones."""
    folder.mkdir()
    for source in find().sources:
        paragraphs = source.raw.replace("\r\n", "\n").split("\n\n")
        for copy in range(TIMES):
            # Seeded with a text, which gives the same order in every process and version.
            Random(f"{source.id} {copy}").shuffle(paragraphs)
            (folder / f"{source.id}-{copy}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
