"""The costliest request of each route within its limits: python -m tests.bench.worst INDEX

Candidates are made from what makes a request cost much: the commonest words and phrases, the prefixes of most words,
words that no book has, and every parameter at its limit. Times are of the processor, in those of a reference that is
measured beside each: to cut the longest book into words.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from string import ascii_lowercase
from urllib.parse import urlencode

from fastapi.testclient import TestClient

from app.api.app import create_app
from app.index.reader import IndexReader
from app.search.query import MAX_TERMS
from app.settings import Settings
from app.words import words

_TIMES = 3
_PHRASES = ("of the", "in the", "and the", "the lord", "to the")


def worst(index: IndexReader) -> dict[str, tuple[float, str]]:
    """By route the path that costs most, and its cost in references."""
    found: dict[str, tuple[float, str]] = {}
    with TestClient(create_app(Settings(query_seconds=600), index)) as client:
        for path in candidates(index):
            route = path.partition("?")[0]
            found[route] = max(found.get(route, (0.0, path)), (_cost(client, index, path), path))
    return found


def candidates(index: IndexReader) -> Iterator[str]:
    """Paths with every parameter at its limit."""
    queries = list(_queries(index))
    for q in queries:
        yield _path("/search", q=q, limit=100, passages=20)
        yield _path("/search", q=q, limit=100, group="none", sort="rate")
        yield _path("/collocates", q=q, window=10, limit=100)
        yield _path("/concordance", q=q, width=200, limit=200, sort="left")
        yield _path("/concordance", q=q, width=200, sort="left", format="csv")
        yield _path("/suggest", q=q[:256], limit=20)
        yield _path("/books/bible-kjv/sections/ps.119", q=q)
    yield "/compare?" + urlencode([("term", phrase) for phrase in _PHRASES])
    yield _path("/resolve", ref="Gen 1:1")
    yield "/books/bible-kjv"


def _queries(index: IndexReader) -> Iterator[str]:
    vocabulary = index.vocabulary
    common = sorted(vocabulary.words, key=vocabulary.count, reverse=True)[:MAX_TERMS]
    prefixes = [a + b for a in ascii_lowercase for b in ascii_lowercase]
    prefixes.sort(key=vocabulary.number_starting_with, reverse=True)
    yield common[0]
    yield " ".join(common)
    yield f'"{_PHRASES[0]}"'
    yield f"{prefixes[0]}*"
    yield " ".join(f"{prefix}*" for prefix in prefixes[:MAX_TERMS])
    yield " ".join(f"{word[1:]}{word[0]}q" for word in ("whale", "lamps", "sheep", "goodness"))
    yield f"{common[0]} -{common[1]} -{common[2]}"


def _path(route: str, **parameters: str | int) -> str:
    return f"{route}?{urlencode(parameters)}"


def _cost(client: TestClient, index: IndexReader, path: str) -> float:
    return min(_seconds(client, path) / _reference(index) for _ in range(_TIMES))


def _seconds(client: TestClient, path: str) -> float:
    started = time.process_time()
    client.get(path)
    return time.process_time() - started


def _reference(index: IndexReader) -> float:
    lengths = [book.length for book in index.books.books]
    book = lengths.index(max(lengths))
    text = index.texts.slice(book, 0, lengths[book])
    started = time.process_time()
    words(text)
    return time.process_time() - started


def main() -> None:
    """Print them, the costliest first."""
    with closing(IndexReader.open(Path(sys.argv[1]))) as index:
        for cost, path in sorted(worst(index).values(), reverse=True):
            print(f"{cost:6.2f}  {path[:160]}")


if __name__ == "__main__":
    main()
