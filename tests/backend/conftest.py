"""The real books and a small shelf of our own, with their indexes, for the tests that need them."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from app.corpus.model import Book
from app.corpus.shelf import Shelf, load_shelf
from app.index.build import build
from app.index.reader import IndexReader
from tests.backend import small_shelf
from tests.real_books import nltk_index_dir as nltk_index_dir
from tests.real_books import nltk_shelf as nltk_shelf

BookText = tuple[Book, str]


@pytest.fixture(scope="session")
def nltk_books(nltk_shelf: Shelf) -> Mapping[str, BookText]:
    """The 18 books with their texts by id."""
    return {book.id: (book, text) for book, text in nltk_shelf.books}


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
