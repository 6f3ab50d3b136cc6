"""NLTK's 18 books and their index, for every suite that needs the real thing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.corpus import nltk_corpus
from app.corpus.shelf import Shelf, load_shelf
from app.index import manifest
from app.index.build import build
from app.index.errors import IndexRefused
from bootstrap.processes import ROOT

# By make run, which may have been there before.
_FETCHED = ROOT / "build/nltk_data"


@pytest.fixture(scope="session")
def nltk_shelf() -> Shelf:
    """NLTK's 18 books, as a person has them."""
    if nltk_corpus.read(_FETCHED) is None:
        pytest.skip("needs the NLTK Gutenberg corpus: make run fetches it, or set NLTK_DATA")
    return load_shelf(download_dir=_FETCHED)


@pytest.fixture(scope="session")
def nltk_index_dir(nltk_shelf: Shelf, pytestconfig: pytest.Config) -> Path:
    """The index of the 18 books, not to be changed. Kept for the next run, made anew when the code that makes it is."""
    assert pytestconfig.cache
    place = Path(pytestconfig.cache.mkdir("nltk-index"))
    with _alone(place / "lock"):
        if not _is_current(place / "index", nltk_shelf):
            build(nltk_shelf, place / "index", lambda step, done: None)
    return place / "index"


def _is_current(directory: Path, shelf: Shelf) -> bool:
    try:
        built = manifest.read(directory)
        manifest.verify(directory)
    except IndexRefused:
        return False
    return (built.corpus, built.recipe) == (shelf.digest, manifest.recipe())


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Lets only one of the processes that run tests into the block at a time."""
    with lock.open("w") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
