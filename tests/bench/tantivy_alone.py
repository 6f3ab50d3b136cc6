"""How long tantivy alone takes for the documents of the index: python -m tests.bench.tantivy_alone

They are caught on their way from the build, so that they are the same ones and all there before the clock starts.
"""

import gc
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import tantivy

from app.corpus.shelf import load_shelf
from app.index import build, segment_writer


def main() -> None:
    """Print the seconds."""
    gc.disable()  # as the build does
    seconds = 0.0

    def timed(directory: Path, documents: Iterable[tantivy.Document]) -> None:
        nonlocal seconds
        ready = list(documents)
        started = time.perf_counter()
        write(directory, ready)
        seconds = time.perf_counter() - started

    write = segment_writer.write
    with (
        TemporaryDirectory(prefix="gutenberg-alone-") as directory,
        patch.object(segment_writer, "write", timed),
        patch.object(build, "worthwhile", lambda books: 1),  # no other process has the patch
    ):
        build.build(load_shelf(), Path(directory) / "index", lambda step, done: None)
    print(seconds)


if __name__ == "__main__":
    main()
