"""Collocates: words that stand near a term more often than chance explains."""

from collections.abc import Iterator, Sequence
from heapq import nsmallest
from typing import NamedTuple

from app.index.reader import IndexReader
from app.models.query import Reading
from app.models.words import Collocate, Collocates, Side
from app.search.function_words import is_function_word
from app.search.matching import Plan, plan
from app.search.query import Query, terms
from app.search.request import Deadline, Filters
from app.search.words.cooccurrence import MOST_WORDS, Window, WordsAround, words_around
from app.search.words.keyness import association

_MIN_COUNT = 2


class CollocatesRequest(NamedTuple):
    """`window` is how many words on each side count as near; `function_words` says whether those may be collocates."""

    query: Query
    filters: Filters = Filters()
    window: int = MOST_WORDS
    side: Side = Side.BOTH
    function_words: bool = True
    limit: int = 20
    reading: Reading | None = None


def collocates(index: IndexReader, request: CollocatesRequest, deadline: Deadline) -> Collocates:
    """The collocates of the query, by log-likelihood ratio: how surprising their number is, given how often they occur
    in the chosen books. Those of a common word are counted in a sample, unless the index has counted them."""
    planned = plan(request.query, index, deadline)
    left = 0 if request.side is Side.RIGHT else request.window
    right = 0 if request.side is Side.LEFT else request.window
    around = words_around(index, planned, request.filters, Window(left, right), deadline)
    own = _own_forms(index, planned)
    scored = (
        neighbour
        for neighbour in _scored(index, around, request.filters.both())
        if neighbour.word not in own
        and (request.function_words or not is_function_word(neighbour.word, index.vocabulary))
    )
    return Collocates(
        query=str(planned.query),
        reading=request.reading,
        variants=planned.variants,
        window=request.window,
        side=request.side,
        occurrences=around.occurrences,
        truncated=around.read < around.matching,
        passages=around.matching,
        passages_read=around.read,
        collocates=[
            Collocate(neighbour.word, neighbour.observed, round(neighbour.expected, 2), round(neighbour.score, 1))
            for neighbour in nsmallest(
                request.limit, scored, key=lambda neighbour: (-round(neighbour.score, 1), neighbour.word)
            )
        ],
    )


class _Scored(NamedTuple):
    word: str
    observed: int
    expected: float
    score: float


def _scored(index: IndexReader, around: WordsAround, books: Sequence[int] | None) -> Iterator[_Scored]:
    """The words that stand near the term more often than expected. With a sample of the term's passages, all other
    counts are scaled down by the same part."""
    part = around.read / around.matching if around.matching else 1
    total = part * (sum(index.books.extents[book].words for book in books) if books else index.manifest.words)
    for word, count in around.counts.items():
        if count >= _MIN_COUNT:
            everywhere = max(part * _count(index, word, books), count)
            expected = around.total * everywhere / total
            if count > expected:
                yield _Scored(word, count, expected, association(count, around.total, everywhere, total))


def _count(index: IndexReader, word: str, books: Sequence[int] | None) -> int:
    return index.vocabulary.count(word) if books is None else index.word_counts.within(word, books)


def _own_forms(index: IndexReader, planned: Plan) -> frozenset[str]:
    """The words of the query itself in every form; they are no collocates of it."""
    own = (word for term in terms(planned.query.terms) for word in term.words)
    return frozenset(form for word in own for form in index.vocabulary.forms(word))
