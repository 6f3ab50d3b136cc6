"""Searching as the routes do, and the passages word by word, to count by hand."""

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import pytest

from app.index.reader import IndexReader
from app.models.results import SearchAnswer
from app.search.passages import spoken
from app.search.query import AnyOf, Near, Node, Query, Term, TermKind, is_about_ends, parse, terms
from app.search.request import Deadline
from app.search.request.book_filters import filters
from app.search.results import Group, SearchRequest, Sort, search
from app.words import words

Search = Callable[..., SearchAnswer]
Place = tuple[int, int]


def limit() -> Deadline:
    return Deadline(30)


def searching(index: IndexReader) -> Search:
    def ask(text: str, *, book: Sequence[str] = (), author: Sequence[str] = (), **more: Any) -> SearchAnswer:
        chosen = {"limit": 100, **more, "sort": Sort(more.get("sort", "relevance"))}
        chosen["group"] = Group(more.get("group", "book"))
        return search(index, SearchRequest(parse(text), filters(index.books, book, author), **chosen), limit())

    return ask


@pytest.fixture(scope="session")
def ask_small(small_index: IndexReader) -> Search:
    return searching(small_index)


@pytest.fixture(scope="session")
def ask(nltk_index: IndexReader) -> Search:
    return searching(nltk_index)


class Passages:
    """Every passage of the real books as a list of words."""

    def __init__(self, index: IndexReader) -> None:
        self.index = index
        self.located = [index.books.passage(i) for i in range(index.books.passage_count)]
        self.words = [words(spoken(index, p)) for p in self.located]
        self.vocabulary = index.vocabulary
        self._key = {word: index.vocabulary.key(word) for word in index.vocabulary.words}
        self._canonical = {word: index.vocabulary.canonical(word) for word in set[str]().union(*self.words)}

    @cache  # noqa: B019  (there is one for all tests)
    def matching(self, text: str) -> list[int]:
        """The passages for which the query is true, found by reading all of them."""
        query = parse(text)
        return [i for i, found in enumerate(self.words) if self._matches(query, found)]

    def count(self, node: Node, passage: list[str]) -> int:
        """How often the terms of the node, none of which is a part of another, stand in the passage."""
        return sum(len(self._places(term, passage)) for term in terms([node]))

    def _matches(self, node: Node, passage: list[str]) -> bool:
        match node:
            case Term():
                return bool(self._places(node, passage))
            case AnyOf():
                return any(self._matches(option, passage) for option in node.options)
            case Near():
                places = [self._places_beside(part, passage) for part in node.parts]
                pairs = zip(places, places[1:], node.distances, strict=False)
                return all(_are_near(left, right, distance) for left, right, distance in pairs)
            case Query():
                return all(self._matches(term, passage) for term in node.terms) and not any(
                    self._matches(term, passage) for term in node.excluded
                )

    def _places_beside(self, part: Term | AnyOf, passage: list[str]) -> list[Place]:
        """The places of a part of NEAR, where a word in quotes may be spelt in any way."""
        if isinstance(part, AnyOf):
            return [place for option in part.options for place in self._places_beside(option, passage)]  # type: ignore[arg-type]
        return self._places(part._replace(kind=TermKind.PHRASE) if part.kind is TermKind.EXACT else part, passage)

    def _places(self, term: Term, passage: list[str]) -> list[Place]:
        """The places of the term, each from one word to another."""
        first = self._words_for(term)
        # Most passages have none of them.
        if first.isdisjoint(passage):
            return []
        if term.kind is not TermKind.PHRASE:
            return [(i, i + 1) for i, word in enumerate(passage) if word in first]
        wanted = [self.vocabulary.canonical(word) for word in term.words]
        plain = [self._canonical[word] for word in passage]
        size = len(wanted)
        return [(i, i + size) for i in range(len(plain)) if plain[i : i + size] == wanted]

    @cache  # noqa: B019  (there is one for all tests)
    def _words_for(self, term: Term) -> set[str]:
        """The words that the term stands for; of a phrase, those for its first word."""
        text = term.words[0]
        match term.kind:
            case TermKind.WORD:
                key = self.vocabulary.key(text)
                return {word for word in self._canonical if self._key[word] == key}
            case TermKind.PHRASE:
                return {word for word, plain in self._canonical.items() if plain == self.vocabulary.canonical(text)}
            case TermKind.WILDCARD if not is_about_ends(text):
                keys = {self._key[word] for word in self._words_like(text)}
                return {word for word in self._canonical if self._key[word] in keys}
            case TermKind.PREFIX:
                return self._words_like(f"{text}*")
            case _:
                return self._words_like(text)

    def _words_like(self, pattern: str) -> set[str]:
        return {word for word in self._canonical if fnmatchcase(word, pattern)}


def _are_near(left: list[Place], right: list[Place], distance: int) -> bool:
    return any(
        0 <= b - a <= distance for one in left for other in right for a, b in ((one[1], other[0]), (other[1], one[0]))
    )


@pytest.fixture(scope="session")
def by_hand(nltk_index: IndexReader) -> Passages:
    return Passages(nltk_index)
