"""Where the books come from."""

from collections.abc import Callable
from pathlib import Path

from app.corpus.model import ShelfKind, Source

Progress = Callable[[int, int], None]


def find(corpus_dir: Path | None, progress: Progress | None = None) -> tuple[ShelfKind, tuple[Source, ...]]:
    from nltk.corpus import gutenberg

    return ShelfKind.NLTK, tuple(Source(name.removesuffix(".txt"), gutenberg.raw(name)) for name in gutenberg.fileids())
