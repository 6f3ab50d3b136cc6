"""Passages as they are shown: text, reference and marks."""

from collections.abc import Iterable

from app.corpus.citations import cite
from app.index.reader import IndexReader
from app.models.results import PassageHit
from app.search.matching import Marker
from app.search.passages import Scored
from app.search.request import Deadline


def passage_hits(index: IndexReader, marker: Marker, scored: Iterable[Scored], deadline: Deadline) -> list[PassageHit]:
    deadline.check()
    return [_hit(index, marker, score, ordinal) for score, ordinal in scored]


def _hit(index: IndexReader, marker: Marker, score: float, ordinal: int) -> PassageHit:
    book, section, start, end, first, last = index.books.passage(ordinal)
    text = index.texts.slice(book, start, end)
    return PassageHit(
        book=index.books.books[book].id,
        section=section.id,
        reference=cite(section, first, last),
        start=start,
        end=end,
        text=text,
        marks=marker.marks(index.speakers.spoken(text, book, start)),
        score=round(score, 4),
    )
