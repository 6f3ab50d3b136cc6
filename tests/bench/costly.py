"""What makes a request cost much: the terms that occur most, and every parameter at its limit."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase
from urllib.parse import urlencode

from fastapi.testclient import TestClient

from app.api.csv_writer import Format, table_file
from app.api.routes.concordance import table
from app.errors import RequestError
from app.index.reader import IndexReader
from app.search.query import MAX_LENGTH, parse
from app.search.request import UNLIMITED
from app.search.words import MAX_TERMS, ConcordanceRequest, LineSort, all_lines

# No book has them, and each is near to many words.
_UNKNOWN = ("halew", "alpms", "hseep", "odogness")
# Both sides are looked at.
_LEVELS = (LineSort.L3, LineSort.NODE, LineSort.R3)


# They stand for many words, and what begins so is compared with all words there are.
_PATTERNS = ("*ing", "*ess", "?ea*", "?i?e", "s*ed", "*at*on", "c*t")


@dataclass(frozen=True, slots=True)
class Shape:
    """A route with its parameters: `asked` is the request for some terms, `ask` does it."""

    name: str
    asked: Callable[[Sequence[str]], str]
    ask: Callable[[str], object]


class Terms:
    """The terms of an index that cost most, the first ones more than the later ones."""

    def __init__(self, index: IndexReader) -> None:
        vocabulary = index.vocabulary
        self.words = sorted(vocabulary.words, key=vocabulary.count, reverse=True)[:64]
        counts = {
            pair: sum(count for _, count in counted)
            for pair in product(self.words, repeat=2)
            if (counted := index.pairs.of(pair))
        }
        often = sorted(counts, key=counts.__getitem__, reverse=True)[:40]
        # Pairs that go on as others begin: of the, the lord.
        self.phrases = [f'"{a} {b} {d}"' for a, b in often for c, d in often if b == c]
        self.pairs = [f'"{a} {b}"' for a, b in often]
        beginnings = map("".join, product(ascii_lowercase, repeat=2))
        wide = sorted(beginnings, key=vocabulary.number_starting_with, reverse=True)[:30]
        self.prefixes = [f"{prefix}*" for prefix in wide]

        self.nears = [f"{a} NEAR/20 {b}" for a, b in often[:20]]
        self.alternatives = [f"({a} {b}) OR {c}" for (a, b), c in zip(often, self.words, strict=False)]

    def all(self) -> list[str]:
        terms = [*self.words[:40], *self.pairs[:20], *self.phrases[:20], *self.prefixes, *_UNKNOWN]
        terms += [*self.nears, *self.alternatives[:20], *_PATTERNS]
        return [*terms, *(f"-{term}" for term in terms)]

    def queries(self) -> Iterator[list[str]]:
        """The queries with which the search for the costliest begins."""
        yield [" OR ".join(self.pairs[:10])]
        yield [" OR ".join(self.pairs[i : i + 8]) for i in range(MAX_TERMS)]
        yield [" OR ".join(self.phrases[:8])]
        yield self.words[:1]
        yield self.words[:32]
        yield self.words[5:25]
        yield list("aeionts")
        yield self.pairs[:1]
        yield self.pairs[:10]
        yield self.phrases[:5]
        yield [f'"a {word}"' for word in self.words[40:55]]
        yield self.prefixes[:1]
        yield self.prefixes[:3]
        yield self.prefixes[20:30]
        yield self.nears[:1]
        yield self.nears[:6]
        yield self.alternatives[:10]
        yield list(_PATTERNS[:4])
        yield list(_UNKNOWN)
        yield [*_UNKNOWN, *self.words[:28]]
        yield [*_UNKNOWN, *self.prefixes[:2]]
        yield [self.words[0], *(f"-{term}" for term in (*self.words[40:50], *self.prefixes[:3]))]


def shapes(index: IndexReader, client: TestClient) -> Iterator[Shape]:
    def get(name: str, path: str, **parameters: str | int | list[str]) -> Shape:
        return Shape(name, lambda terms: f"{path}?{urlencode({'q': fitting(terms), **parameters}, True)}", client.get)

    books = [book.id for book in index.books.books]
    yield get("/search by book", "/search", limit=100, passages=20)
    yield get("/search in every book by rate", "/search", limit=100, passages=20, sort="rate", book=books)
    yield get("/search in one list", "/search", limit=100, group="none", sort="title")
    yield get("/collocates", "/collocates", window=5, limit=100)
    yield get("/concordance", "/concordance", width=200, limit=200, sort=list(_LEVELS))
    yield get("/books/{}/sections/{}", _longest_section(index))
    yield get("/books/{}/words", f"/books/{max(index.books.books, key=lambda book: book.length).id}/words", limit=200)
    yield get("/suggest", "/suggest", limit=20)
    yield Shape("/compare", compared, client.get)
    yield Shape("first part of a CSV file", fitting, lambda query: next(file(index, query), None))


def fitting(terms: Sequence[str]) -> str:
    """As many of the terms as a query may hold."""
    query = ""
    for term in terms:
        if len(query) + len(term) < MAX_LENGTH:
            query = f"{query} {term}".strip()
    return query


def compared(terms: Sequence[str]) -> str:
    return "/compare?" + urlencode([("term", term.lstrip("-")) for term in terms[:MAX_TERMS]])


def file(index: IndexReader, query: str) -> Iterator[str]:
    """The parts of the longest file, between which others get their turn; none when the query is refused."""
    try:
        request = ConcordanceRequest(parse(query), sort=_LEVELS, width=200)
        yield from table_file(table(index, all_lines(index, request, UNLIMITED)), Format.CSV).parts
    except RequestError:
        return


def _longest_section(index: IndexReader) -> str:
    books = index.books
    sections = (
        (len(books.passages_of(ordinal)), f"/books/{book.id}/sections/{section.id}")
        for i, book in enumerate(books.books)
        for ordinal, section in books.sections_of(i)
    )
    return max(sections)[1]
