"""Words that stand near a term more often than chance would have it."""

from collections import Counter
from collections.abc import Iterator
from heapq import nsmallest
from itertools import groupby, zip_longest
from math import log
from operator import attrgetter
from typing import NamedTuple

from app.index.reader import IndexReader
from app.models import Collocate, Collocates
from app.search.deadline import Deadline
from app.search.filters import Filters
from app.search.occurrences import Occurrence, sample
from app.search.plan import Plan, plan
from app.search.query import Query
from app.words import words

_MIN_COUNT = 2
# So many occurrences tell what stands near a common word. To look at all of them takes up to thirty times as long.
ENOUGH = 4_000
# Characters that hold a word and what follows it, with a margin.
_WORD_WIDTH = 24


def collocates(
    index: IndexReader, query: Query, filters: Filters, window: int, limit: int, deadline: Deadline
) -> Collocates:
    """The words within `window` words of the query, by log-likelihood ratio (Dunning 1993), which asks how surprising
    their number is given how often they occur in all books. Those of a common word are counted in a sample."""
    planned = plan(query, index, deadline)
    found = sample(index, planned, filters, ENOUGH, deadline)
    near = _near(index, found.found, window, deadline)
    own = _own_forms(index, planned)
    scored = (one for one in _scored(index, near) if one.word not in own)
    return Collocates(
        query=str(planned.query),
        variants=planned.variants,
        window=window,
        occurrences=len(found.found),
        truncated=found.read < found.matching,
        passages=found.matching,
        passages_read=found.read,
        collocates=[
            Collocate(one.word, one.observed, round(one.expected, 2), round(one.score, 1))
            for one in nsmallest(limit, scored, key=lambda one: (-round(one.score, 1), one.word))
        ],
    )


def _near(index: IndexReader, found: list[Occurrence], window: int, deadline: Deadline) -> Counter[str]:
    near: Counter[str] = Counter()
    for _, beside in groupby(deadline.each(found), attrgetter("passage")):
        near.update(_beside(index, list(beside), window))
    return near


def _beside(index: IndexReader, found: list[Occurrence], window: int) -> list[str]:
    """The words beside each occurrence in one passage. Every stretch of the text is cut into words once."""
    section = index.books.passage(found[0].passage).section
    reach = window * _WORD_WIDTH
    start, end = max(section.start, found[0].start - reach), min(section.end, found[-1].end + reach)
    text = index.texts.slice(found[0].book, start, end)
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
        for word in (*stretch[max(0, before - window) : before], *stretch[after : after + window])
    ]


class _Scored(NamedTuple):
    word: str
    observed: int
    expected: float
    score: float


def _scored(index: IndexReader, near: Counter[str]) -> Iterator[_Scored]:
    """The words that stand near the term more often than expected."""
    total, all_near = index.manifest.words, near.total()
    for word, count in near.items():
        everywhere = max(index.vocabulary.count(word), count)
        expected = all_near * everywhere / total
        if count >= _MIN_COUNT and count > expected:
            yield _Scored(word, count, expected, _likelihood(count, all_near, everywhere, total))


def _likelihood(count: int, near: int, everywhere: int, total: int) -> float:
    """The ratio over the table of this word and all others, near the term and elsewhere."""
    table = (
        (count, near * everywhere / total),
        (near - count, near * (total - everywhere) / total),
        (everywhere - count, (total - near) * everywhere / total),
        (total - near - everywhere + count, (total - near) * (total - everywhere) / total),
    )
    return 2 * sum(observed * log(observed / expected) for observed, expected in table if observed > 0 and expected > 0)


def _own_forms(index: IndexReader, planned: Plan) -> frozenset[str]:
    """The words of the query itself, in every form."""
    own = (word for term in planned.query.terms for word in term.words)
    return frozenset(form for word in own for form in index.vocabulary.forms(word))
