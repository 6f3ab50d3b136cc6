"""The real books, for the tests that need them."""

from collections.abc import Mapping

import pytest

from app.corpus import nltk_corpus
from app.corpus.model import Book, Shelf
from app.corpus.shelf import load_shelf

BookText = tuple[Book, str]


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
