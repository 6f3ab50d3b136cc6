"""Searching as the routes do, and the passages word by word, to count by hand."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from app.index.reader import IndexReader
from app.models import SearchAnswer
from app.search.deadline import Deadline
from app.search.filters import filters
from app.search.query import Kind, Query, Term, parse
from app.search.request import Group, SearchRequest, Sort
from app.search.search import search
from app.words import words

Search = Callable[..., SearchAnswer]


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
        self.words = [words(index.texts.slice(p.book, p.start, p.end)) for p in self.located]
        self.vocabulary = index.vocabulary
        self._key = {word: index.vocabulary.key(word) for word in index.vocabulary.words}

    def matching(self, text: str) -> list[int]:
        """The passages that have every term of the query and none that it excludes, by reading all of them."""
        query = parse(text)
        return [i for i, found in enumerate(self.words) if self._matches(query, found)]

    def count(self, term: Term, found: list[str]) -> int:
        """How often the term stands in these words."""
        if term.kind is Kind.WORD:
            key = self.vocabulary.key(term.words[0])
            return sum(self._key[word] == key for word in found)
        if term.kind is Kind.PREFIX:
            return sum(word.startswith(term.words[0]) for word in found)
        wanted = [self.vocabulary.canonical(word) for word in term.words]
        plain = [self.vocabulary.canonical(word) for word in found]
        return sum(plain[i : i + len(wanted)] == wanted for i in range(len(plain)))

    def _matches(self, query: Query, found: list[str]) -> bool:
        return all(self.count(term, found) for term in query.terms) and not any(
            self.count(term, found) for term in query.excluded
        )


@pytest.fixture(scope="session")
def by_hand(nltk_index: IndexReader) -> Passages:
    return Passages(nltk_index)
