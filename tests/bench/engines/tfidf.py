"""scikit-learn's TF-IDF over whole books."""

import pickle
from collections.abc import Sequence
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import linear_kernel

from app.corpus.model import Shelf
from tests.bench.engines.engine import Found


class Tfidf:
    def build(self, shelf: Shelf, directory: Path) -> None:
        self._books = [book.id for book, _ in shelf.books]
        self._vectorizer = TfidfVectorizer()
        self._matrix = self._vectorizer.fit_transform(text for _, text in shelf.books)
        (directory / "tfidf.pickle").write_bytes(pickle.dumps((self._vectorizer, self._matrix)))

    def find(self, q: str, books: Sequence[str]) -> list[Found]:
        scores = linear_kernel(self._vectorizer.transform([q]), self._matrix)[0]
        order = sorted((-score, book) for score, book in zip(scores, self._books, strict=True) if score > 0)
        return [Found(book) for _, book in order if not books or book in books][:10]
