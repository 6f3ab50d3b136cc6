"""Words that stand near a term more often than chance would have it."""

from collections import Counter
from math import log

from app.index.reader import IndexReader
from app.models import Collocate, Collocates
from app.search.deadline import Deadline
from app.search.filters import Filters
from app.search.occurrences import Occurrence, occurrences
from app.search.plan import Plan, plan
from app.search.query import Query
from app.words import words

_MIN_COUNT = 2
# Characters that hold a word and what follows it, with a margin.
_WORD_WIDTH = 24


def collocates(
    index: IndexReader, query: Query, filters: Filters, window: int, limit: int, deadline: Deadline
) -> Collocates:
    """The words within `window` words of the query, by log-likelihood ratio (Dunning 1993), which asks how surprising
    their number is given how often they occur in all books."""
    planned = plan(query, index, deadline)
    found = occurrences(index, planned, filters, deadline)
    near = _near(index, found.found, window, deadline)
    scored = [_score(index, word, count, near.total()) for word, count in near.items() if count >= _MIN_COUNT]
    own = _own_forms(index, planned)
    best = sorted(
        (one for one in scored if one.word not in own and one.count > one.expected),
        key=lambda one: (-one.score, one.word),
    )
    return Collocates(
        query=str(planned.query),
        variants=planned.variants,
        window=window,
        occurrences=len(found.found),
        truncated=found.truncated,
        collocates=best[:limit],
    )


def _near(index: IndexReader, found: list[Occurrence], window: int, deadline: Deadline) -> Counter[str]:
    near: Counter[str] = Counter()
    reach = window * _WORD_WIDTH
    for one in deadline.each(found):
        section = index.books.passage(one.passage).section
        before = index.texts.slice(one.book, max(section.start, one.start - reach), one.start)
        after = index.texts.slice(one.book, one.end, min(section.end, one.end + reach))
        near.update(words(before)[-window:])
        near.update(words(after)[:window])
    return near


def _score(index: IndexReader, word: str, count: int, near: int) -> Collocate:
    """The ratio over the table of this word and all others, near the term and elsewhere."""
    everywhere, total = max(index.vocabulary.count(word), count), index.manifest.words
    table = (
        (count, near * everywhere / total),
        (near - count, near * (total - everywhere) / total),
        (everywhere - count, (total - near) * everywhere / total),
        (total - near - everywhere + count, (total - near) * (total - everywhere) / total),
    )
    ratio = 2 * sum(
        observed * log(observed / expected) for observed, expected in table if observed > 0 and expected > 0
    )
    return Collocate(word=word, count=count, expected=round(table[0][1], 2), score=round(ratio, 1))


def _own_forms(index: IndexReader, planned: Plan) -> frozenset[str]:
    """The words of the query itself, in every form."""
    own = (word for term in planned.query.terms for word in term.words)
    return frozenset(form for word in own for form in index.vocabulary.forms(word))
