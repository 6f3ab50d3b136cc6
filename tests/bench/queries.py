"""A seeded mix of queries from the words of the books, as paths of GET /search."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from app.index.reader import IndexReader
from app.search import passages
from app.words import words

SEED = 1851
COUNT = 1000
# Words of this rank and better are the stop words of the mix; those down to the other rank are its common words.
_STOP, _COMMON = 60, 3000
_RARE_TOTAL = 20
# How the mix is made up, in parts of a hundred.
_PARTS = {"rare": 20, "common": 20, "words": 25, "phrase": 15, "stop": 10, "filter": 10}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its filters."""

    kind: str
    q: str
    book: str | None = None
    author: str | None = None

    def path(self, **parameters: str | int) -> str:
        chosen = {"q": self.q, "book": self.book, "author": self.author, **parameters}
        return "/search?" + urlencode({name: value for name, value in chosen.items() if value is not None})


SHAPES: dict[str, dict[str, str | int]] = {"plain": {"group": "none", "facets": "false", "limit": 10}, "full": {}}
"""Parameters by shape of the answer: passages in one list, or all there is, by book with facets and dispersion."""


def mix(index: IndexReader, count: int = COUNT, seed: int = SEED) -> list[Asked]:
    """`count` distinct queries in a random order, the same ones for the same index and seed."""
    random = Random(seed)
    source = _Source(index, random)
    asked: dict[Asked, None] = {}
    for kind, part in _PARTS.items():
        wanted = len(asked) + count * part // 100
        while len(asked) < wanted:
            asked[source.ask(kind)] = None
    shuffled = list(asked)
    random.shuffle(shuffled)
    return shuffled


class _Source:
    def __init__(self, index: IndexReader, random: Random) -> None:
        self._index, self._random = index, random
        known = index.vocabulary.words
        ranked = sorted(known, key=lambda word: (-index.vocabulary.count(word), word))
        self._stop = frozenset(ranked[:_STOP])
        self._common = ranked[_STOP:_COMMON]
        self._rare = [word for word in known if index.vocabulary.count(word) <= _RARE_TOTAL]

    def ask(self, kind: str) -> Asked:
        makers: dict[str, Callable[[], str]] = {
            "rare": lambda: self._random.choice(self._rare),
            "common": lambda: self._random.choice(self._common),
            "words": self._some_words,
            "phrase": self._phrase,
            "stop": self._stop_words,
            "filter": self._some_words,
        }
        query = makers[kind]()
        return self._filtered(query) if kind == "filter" else Asked(kind, query)

    def _filtered(self, query: str) -> Asked:
        book = self._random.choice(self._index.books.books)
        if book.author and self._random.random() < 0.5:
            return Asked("filter", query, author=book.author)
        return Asked("filter", query, book=book.id)

    def _some_words(self) -> str:
        """Two to four words that stand in one passage."""
        own = sorted({word for word in self._passage() if word not in self._stop})
        return " ".join(self._random.sample(own, min(len(own), self._random.randint(2, 4))))

    def _phrase(self) -> str:
        own, length = self._passage(), self._random.randint(2, 5)
        start = self._random.randrange(len(own) - length + 1)
        return f'"{" ".join(own[start : start + length])}"'

    def _stop_words(self) -> str:
        """Stop words as they follow each other in a text, every other time as a phrase."""
        while True:
            for run in self._stop_runs(self._passage()):
                return f'"{run}"' if self._random.random() < 0.5 else run

    def _stop_runs(self, own: list[str]) -> Iterator[str]:
        length = self._random.randint(3, 5)
        for start in range(len(own) - length + 1):
            run = own[start : start + length]
            if self._stop.issuperset(run):
                yield " ".join(run)

    def _passage(self) -> list[str]:
        """The words of a passage that is not tiny."""
        while True:
            located = self._index.books.passage(self._random.randrange(self._index.books.passage_count))
            passage = words(passages.spoken(self._index, located))
            if len(passage) >= 20:
                return passage
