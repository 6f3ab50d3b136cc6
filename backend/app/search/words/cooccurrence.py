"""Counts the words around the occurrences of a query, exactly or in an evenly spread sample of them."""

from collections import Counter
from collections.abc import Mapping
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import NamedTuple

from app.index.neighbours import REACH
from app.index.reader import IndexReader
from app.search import passages
from app.search.matching import Plan
from app.search.query import Term, TermKind
from app.search.request import Deadline, Filters
from app.search.words.occurrences import Occurrence, sample
from app.words import words

MOST_WORDS = REACH
# This many occurrences are enough for the collocates of a common word. Reading all of them takes up to eight times as
# long.
ENOUGH = 4_000
# Nearly every word, with what follows it, fits into this many characters.
_WORD_WIDTH = 24


class Window(NamedTuple):
    """How many words count on each side."""

    left: int
    right: int


class WordsAround(NamedTuple):
    """How often each word stands within the window (`counts`), and how many words stand there in total, for the
    `occurrences` in the `read` of the `matching` passages."""

    counts: Mapping[str, int]
    total: int
    occurrences: int
    read: int
    matching: int


def words_around(
    index: IndexReader, planned: Plan, filters: Filters, window: Window, deadline: Deadline
) -> WordsAround:
    """Counts the words around a query. For the most common words in all books the index has the counts."""
    key = _counted_key(index, planned) if filters.both() is None else None
    if key is not None:
        near = index.neighbours.near(key, window.left, window.right)
        matching = passages.count(index, planned.matches)
        return WordsAround(near, near.total(), index.vocabulary.count_of_forms(key), matching, matching)
    sampled = sample(index, planned, filters, ENOUGH, deadline)
    counted: Counter[str] = Counter()
    for _, own in groupby(deadline.each(sampled.found), attrgetter("passage")):
        counted.update(_near(index, list(own), window))
    return WordsAround(counted, counted.total(), len(sampled.found), sampled.read, sampled.matching)


def _counted_key(index: IndexReader, planned: Plan) -> str | None:
    """The stem of the query if it is a single word whose neighbours the index has counted; else None."""
    terms, excluded = planned.query
    if len(terms) > 1 or excluded or not isinstance(terms[0], Term) or terms[0].kind is not TermKind.WORD:
        return None
    key = index.vocabulary.key(terms[0].words[0])
    return key if key in index.neighbours else None


def _near(index: IndexReader, occurrences: list[Occurrence], window: Window, width: int = _WORD_WIDTH) -> list[str]:
    """The words around each occurrence in one passage. Each stretch of the text is split into words once."""
    section = index.books.passage(occurrences[0].passage).section
    start = max(section.start, occurrences[0].start - window.left * width)
    end = min(section.end, occurrences[-1].end + window.right * width)
    text = index.speakers.spoken(index.texts.slice(occurrences[0].book, start, end), occurrences[0].book, start)
    stretch = words(text[: occurrences[0].start - start])
    places = []
    for occurrence, following in zip_longest(occurrences, occurrences[1:]):
        before = len(stretch)
        stretch += words(text[occurrence.start - start : occurrence.end - start])
        places.append((before, len(stretch)))
        stretch += words(text[occurrence.end - start : following.start - start if following else None])
    # If the stretch has no more words than needed, the outermost may be cut: try again with more text.
    too_few_before = start > section.start and 0 < window.left >= places[0][0]
    too_few_after = end < section.end and 0 < window.right >= len(stretch) - places[-1][1]
    if too_few_before or too_few_after:
        return _near(index, occurrences, window, 4 * width)
    return [
        word
        for before, after in places
        for word in (*stretch[max(0, before - window.left) : before], *stretch[after : after + window.right])
    ]
