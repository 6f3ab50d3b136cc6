"""Words that stand near a term more often than chance would have it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import NamedTuple

from app.index.reader import IndexReader
from app.models import Collocate, Collocates, Reading, Side
from app.search.deadline import Deadline
from app.search.filters import Filters
from app.search.function_words import is_function_word
from app.search.keyness import association
from app.search.occurrences import Occurrence, sample
from app.search.plan import Plan, plan
from app.search.query import Query, terms
from app.words import words

MOST_WORDS = 5
_MIN_COUNT = 2
# So many occurrences tell what stands near a common word. To look at all of them takes up to thirty times as long.
ENOUGH = 4_000
# Characters that hold a word and what follows it, with a margin.
_WORD_WIDTH = 24


class CollocatesRequest(NamedTuple):
    """`window` is how many words on a side are near; `function_words` says whether those may be collocates too."""

    query: Query
    filters: Filters = Filters()
    window: int = MOST_WORDS
    side: Side = Side.BOTH
    function_words: bool = True
    limit: int = 20
    reading: Reading | None = None


def collocates(index: IndexReader, request: CollocatesRequest, deadline: Deadline) -> Collocates:
    """The words near the query, by log-likelihood ratio, which asks how surprising their number is given how often they
    occur in the chosen books. Those of a common word are counted in a sample."""
    planned = plan(request.query, index, deadline)
    found = sample(index, planned, request.filters, ENOUGH, deadline)
    near = _near(index, found.found, request, deadline)
    own = _own_forms(index, planned)
    scored = (
        one
        for one in _scored(index, near, request.filters.both())
        if one.word not in own and (request.function_words or not is_function_word(one.word, index.vocabulary))
    )
    return Collocates(
        query=str(planned.query),
        reading=request.reading,
        variants=planned.variants,
        window=request.window,
        side=request.side,
        occurrences=len(found.found),
        truncated=found.read < found.matching,
        passages=found.matching,
        passages_read=found.read,
        collocates=[
            Collocate(one.word, one.observed, round(one.expected, 2), round(one.score, 1))
            for one in nsmallest(request.limit, scored, key=lambda one: (-round(one.score, 1), one.word))
        ],
    )


def _near(index: IndexReader, found: list[Occurrence], request: CollocatesRequest, deadline: Deadline) -> Counter[str]:
    near: Counter[str] = Counter()
    left = 0 if request.side is Side.RIGHT else request.window
    right = 0 if request.side is Side.LEFT else request.window
    for _, beside in groupby(deadline.each(found), attrgetter("passage")):
        near.update(_beside(index, list(beside), left, right))
    return near


def _beside(index: IndexReader, found: list[Occurrence], left: int, right: int) -> list[str]:
    """The words beside each occurrence in one passage. Every stretch of the text is cut into words once."""
    section = index.books.passage(found[0].passage).section
    start = max(section.start, found[0].start - left * _WORD_WIDTH)
    end = min(section.end, found[-1].end + right * _WORD_WIDTH)
    text = index.speakers.spoken(index.texts.slice(found[0].book, start, end), found[0].book, start)
    stretch = words(text[: found[0].start - start])
    places = []
    for one, following in zip_longest(found, found[1:]):
        before = len(stretch)
        stretch += words(text[one.start - start : one.end - start])
        places.append((before, len(stretch)))
        stretch += words(text[one.end - start : following.start - start if following else None])
    return [
        word
        for before, after in places
        for word in (*stretch[max(0, before - left) : before], *stretch[after : after + right])
    ]


class _Scored(NamedTuple):
    word: str
    observed: int
    expected: float
    score: float


def _scored(index: IndexReader, near: Counter[str], books: Sequence[int] | None) -> Iterator[_Scored]:
    """The words that stand near the term more often than expected of the chosen books."""
    total = sum(index.books.extents[book].words for book in books) if books is not None else index.manifest.words
    counted = index.vocabulary.counting(books)
    all_near = near.total()
    for word, count in near.items():
        if count >= _MIN_COUNT:
            everywhere = max(counted(word), count)
            expected = all_near * everywhere / total
            if count > expected:
                yield _Scored(word, count, expected, association(count, all_near, everywhere, total))


def _own_forms(index: IndexReader, planned: Plan) -> frozenset[str]:
    """The words of the query itself, in every form."""
    own = (word for term in terms(planned.query.terms) for word in term.words)
    return frozenset(form for word in own for form in index.vocabulary.forms(word))
