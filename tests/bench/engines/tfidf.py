"""scikit-learn's TF-IDF over whole books, which neither marks a match nor counts."""

import pickle
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import linear_kernel

from tests.bench.engines.engine import Answer, Document, Find, Found


def build(documents: Iterable[Document], place: Path) -> None:
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for document in documents:
        texts[document.book].append(document.text)
    vectorizer = TfidfVectorizer()
    matrix = vectorizer.fit_transform("\n".join(passages) for passages in texts.values())
    place.write_bytes(pickle.dumps((list(texts), vectorizer, matrix)))


def opened(place: Path) -> Find:
    ids, vectorizer, matrix = pickle.loads(place.read_bytes())

    def find(q: str, books: Sequence[str], *, facets: bool) -> Answer:
        scores = linear_kernel(vectorizer.transform([q]), matrix)[0]
        order = sorted((-score, book) for score, book in zip(scores, ids, strict=True) if score > 0)
        return Answer([Found(book) for _, book in order if not books or book in books][:10])

    return find
