"""The parts of a book: found by rules of its own, by the usual look of headings, or by counting words."""

from app.corpus.model import Section, Unit
from app.corpus.structure import generic, scripture
from app.corpus.structure.books import RULES
from app.corpus.structure.marks import scan
from app.corpus.structure.outline import outline


def sections(book_id: str, short: str, text: str, known: bool) -> tuple[Section, ...]:
    if book_id == "bible-kjv":
        return scripture.sections(text, short, scripture.BIBLE)
    marks = scan(text, RULES[book_id]) if known and book_id in RULES else generic.marks(text)
    found = outline(text, short, marks, Unit.LINE if book_id == "milton-paradise" else None)
    return found or (Section("1", None, short, short, 0, len(text)),)
