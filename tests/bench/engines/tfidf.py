"""scikit-learn's TF-IDF over whole books."""

import pickle
from collections.abc import Sequence
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import linear_kernel

from app.corpus.shelf import Shelf
from tests.bench.engines.engine import Find, Found


def build(shelf: Shelf, file: Path) -> None:
    vectorizer = TfidfVectorizer()
    matrix = vectorizer.fit_transform(text for _, text in shelf.books)
    file.write_bytes(pickle.dumps(([book.id for book, _ in shelf.books], vectorizer, matrix)))


def opened(file: Path) -> Find:
    ids, vectorizer, matrix = pickle.loads(file.read_bytes())

    def find(q: str, books: Sequence[str]) -> list[Found]:
        scores = linear_kernel(vectorizer.transform([q]), matrix)[0]
        order = sorted((-score, book) for score, book in zip(scores, ids, strict=True) if score > 0)
        return [Found(book) for _, book in order if not books or book in books][:10]

    return find
