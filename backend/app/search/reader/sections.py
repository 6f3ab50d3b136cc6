"""Books and sections to read, with the marks of a query."""

from collections import Counter

from app.corpus.model import Section
from app.corpus.numbering import numbering
from app.errors import UnknownSection
from app.index.reader import IndexReader
from app.models.base import Mark
from app.models.shelf import BookDetail, BookInfo, SectionInfo, SectionLink, SectionPassage, SectionText
from app.search import passages
from app.search.matching import Composer, Plan, plan
from app.search.query import Query
from app.search.request import UNLIMITED, Deadline


def book_info(index: IndexReader, book: int) -> BookInfo:
    about, extent = index.books.books[book], index.books.extents[book]
    return BookInfo(
        id=about.id,
        title=about.title,
        author=about.author,
        year=about.year,
        published=about.published,
        gutenberg=about.gutenberg,
        form=about.form.value,
        language=about.language,
        words=extent.words,
        passages=extent.last - extent.first,
        sections=len(about.sections),
    )


def book_detail(
    index: IndexReader, book: int, query: Query | None = None, deadline: Deadline = UNLIMITED
) -> BookDetail:
    """A book with its table of contents and, for a query, how many passages of each section match."""
    length = max(1, index.books.books[book].length)
    hits = _hits_by_section(index, book, plan(query, index, deadline)) if query else None
    contents = [
        SectionInfo(
            id=section.id,
            part=section.part,
            heading=section.heading,
            reference=section.reference,
            position=round(section.start / length, 5),
            words=index.books.words_of(ordinal),
            hits=hits[ordinal] if hits is not None else None,
        )
        for ordinal, section in index.books.sections_of(book)
    ]
    return BookDetail(**vars(book_info(index, book)), contents=contents)


def section_text(
    index: IndexReader, book: int, section_id: str, query: Query | None, deadline: Deadline = UNLIMITED
) -> SectionText:
    """A section with the marks of the query, and the nearest sections before and after it that match. Raises
    UnknownSection."""
    about = index.books.books[book]
    ordinal = index.books.section_ordinal(book, section_id)
    if ordinal is None:
        detail = f"“{about.title}” has no section “{section_id[:60]}”."
        allowed = f"the ids that /books/{about.id} lists"
        raise UnknownSection(detail, parameter="section", value=section_id, allowed=allowed)
    section = index.books.section(ordinal)
    text = index.texts.slice(book, section.start, section.end)
    planned = plan(query, index, deadline) if query else None
    return SectionText(
        book=about.id,
        title=about.title,
        author=about.author,
        form=about.form.value,
        id=section.id,
        part=section.part,
        heading=section.heading,
        reference=section.reference,
        start=section.start,
        text=text,
        unit=section.unit.value if section.unit else None,
        units=_units(section, text),
        passages=_passages(index, ordinal, section.start),
        marks=_marks(index, ordinal, section.start, planned, deadline) if planned else [],
        previous=_link(index, book, ordinal - 1),
        next=_link(index, book, ordinal + 1),
        previous_hit=_hit_before(index, book, ordinal, planned) if planned else None,
        next_hit=_hit_after(index, book, ordinal, planned) if planned else None,
    )


def _hits_by_section(index: IndexReader, book: int, planned: Plan) -> Counter[int]:
    extent = index.books.extents[book]
    query = Composer(index).between(planned.matches, extent.first, extent.last)
    return Counter(map(index.books.section_of, passages.in_order(index, query, extent.last - extent.first)))


def _units(section: Section, text: str) -> list[tuple[int, int, int]]:
    """Number, start and end of each numbered line or verse; offsets count from the start of the section."""
    numbered = numbering(section, text)
    offsets = zip(numbered.numbers, numbered.starts, numbered.ends, strict=True)
    return [(number, start - section.start, end - section.start) for number, start, end in offsets]


def _passages(index: IndexReader, section: int, origin: int) -> list[SectionPassage]:
    located = map(index.books.passage, index.books.passages_of(section))
    return [SectionPassage(reference=p.reference, start=p.start - origin, end=p.end - origin) for p in located]


def _marks(index: IndexReader, section: int, origin: int, planned: Plan, deadline: Deadline) -> list[Mark]:
    """Marks in the passages that match, as a search shows them: outside of them, a word of the query is no hit."""
    own = index.books.passages_of(section)
    if not own:
        return []
    query = Composer(index).between(planned.matches, own.start, own.stop)
    marks = []
    for hit in map(index.books.passage, deadline.each(passages.in_order(index, query, len(own)))):
        spans = planned.marker.marks(passages.spoken(index, hit))
        marks += [(hit.start - origin + start, hit.start - origin + end) for start, end in spans]
    return marks


def _link(index: IndexReader, book: int, ordinal: int) -> SectionLink | None:
    """A link to a section; None if it is not in this book."""
    if not index.books.has_section(book, ordinal):
        return None
    section = index.books.section(ordinal)
    return SectionLink(id=section.id, reference=section.reference)


def _hit_before(index: IndexReader, book: int, section: int, planned: Plan) -> SectionLink | None:
    """The nearest section before this one that has a match."""
    first, end = index.books.extents[book].first, index.books.passages_of(section).start
    if first >= end:
        return None
    ordinal = passages.last(index, Composer(index).between(planned.matches, first, end))
    return _link(index, book, index.books.section_of(ordinal)) if ordinal is not None else None


def _hit_after(index: IndexReader, book: int, section: int, planned: Plan) -> SectionLink | None:
    first, end = index.books.passages_of(section).stop, index.books.extents[book].last
    if first >= end:
        return None
    ordinals = passages.in_order(index, Composer(index).between(planned.matches, first, end), 1)
    return _link(index, book, index.books.section_of(ordinals[0])) if ordinals else None
