"""The real books and a small shelf of our own, with their indexes, for the tests that need them."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from app.corpus import nltk_corpus
from app.corpus.model import Book, Shelf
from app.corpus.shelf import load_shelf
from app.index import manifest
from app.index.build import build
from app.index.errors import IndexRefused
from app.index.reader import IndexReader
from tests.backend import small_shelf

BookText = tuple[Book, str]

# Other processes share the cores, so an example may take its time.
settings.register_profile("shared cores", deadline=None)
settings.load_profile("shared cores")


@pytest.fixture(scope="session")
def nltk_shelf() -> Shelf:
    """NLTK's 18 books, as a person has them."""
    if nltk_corpus.read(None) is None:
        pytest.skip("needs the NLTK Gutenberg corpus: python -m nltk.downloader gutenberg, or set NLTK_DATA")
    return load_shelf()


@pytest.fixture(scope="session")
def nltk_books(nltk_shelf: Shelf) -> Mapping[str, BookText]:
    """The 18 books with their texts by id."""
    return {book.id: (book, text) for book, text in nltk_shelf.books}


@pytest.fixture(scope="session")
def nltk_index_dir(nltk_shelf: Shelf, pytestconfig: pytest.Config) -> Path:
    """The index of the 18 books, not to be changed. Kept for the next run, made anew when the code that makes it is."""
    assert pytestconfig.cache
    place = Path(pytestconfig.cache.mkdir("nltk-index"))
    with _alone(place / "lock"):
        if not _is_current(place / "index", nltk_shelf):
            build(nltk_shelf, place / "index", lambda step, done: None)
    return place / "index"


@pytest.fixture(scope="session")
def nltk_index(nltk_index_dir: Path) -> Iterator[IndexReader]:
    with closing(IndexReader.open(nltk_index_dir)) as index:
        yield index


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small shelf's texts and catalogue, not to be changed."""
    return small_shelf.write(tmp_path_factory.mktemp("shelf") / "books")


@pytest.fixture(scope="session")
def small_index_dir(small_folder: Path) -> Path:
    """The index of the small shelf, not to be changed."""
    target = small_folder.parent / "index"
    build(load_shelf(small_folder), target, lambda step, done: None)
    return target


@pytest.fixture(scope="session")
def small_index(small_index_dir: Path) -> Iterator[IndexReader]:
    with closing(IndexReader.open(small_index_dir)) as index:
        yield index


def _is_current(directory: Path, shelf: Shelf) -> bool:
    try:
        found = manifest.read(directory)
        manifest.verify(directory)
    except IndexRefused:
        return False
    return (found.corpus, found.recipe) == (shelf.digest, manifest.recipe())


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One of the processes that run tests at a time."""
    with lock.open("w") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
