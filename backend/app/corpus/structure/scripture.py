"""Books whose verses are numbered in the text ("3:16 For God so loved…"): a section is a chapter."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.corpus.model import Section, Unit
from app.corpus.structure.headings import slug
from app.corpus.structure.outline import cover
from app.corpus.structure.titles import readable
from app.words import WORD

# The number of a verse is searched from its colon, which is rarer than digits and spaces: five times as fast.
_VERSE = re.compile(r":(\d{1,3})(?=\s)")
_CHAPTER = re.compile(r"(?<![\d:])\d{1,3}\Z")

# The titles in NLTK's file are unreliable: 2 Kings is headed "The First Book of the Kings".
_BIBLE = (
    "Genesis, Exodus, Leviticus, Numbers, Deuteronomy, Joshua, Judges, Ruth, 1 Samuel, 2 Samuel, 1 Kings, 2 Kings, "
    "1 Chronicles, 2 Chronicles, Ezra, Nehemiah, Esther, Job, Psalms, Proverbs, Ecclesiastes, Song of Solomon, Isaiah, "
    "Jeremiah, Lamentations, Ezekiel, Daniel, Hosea, Joel, Amos, Obadiah, Jonah, Micah, Nahum, Habakkuk, Zephaniah, "
    "Haggai, Zechariah, Malachi, Matthew, Mark, Luke, John, Acts, Romans, 1 Corinthians, 2 Corinthians, Galatians, "
    "Ephesians, Philippians, Colossians, 1 Thessalonians, 2 Thessalonians, 1 Timothy, 2 Timothy, Titus, Philemon, "
    "Hebrews, James, 1 Peter, 2 Peter, 1 John, 2 John, 3 John, Jude, Revelation"
)
BIBLE = tuple(_BIBLE.split(", "))

_LONGEST_TITLE = 80


class Verse(NamedTuple):
    """The number of a verse, printed at `start`."""

    chapter: int
    number: int
    start: int

    @property
    def opens_book(self) -> bool:
        return self.chapter == self.number == 1


def verses(text: str) -> Iterator[Verse]:
    """The verses in order. A number that goes back, except to 1:1, is a time or a citation, not a verse."""
    last = (0, 0)
    for verse in _VERSE.finditer(text):
        chapter = _CHAPTER.search(text, max(0, verse.start() - 4), verse.start())
        number = (int(chapter[0]), int(verse[1])) if chapter else (0, 0)
        if chapter and (number > last or number == (1, 1)):
            last = number
            yield Verse(*number, chapter.start())


def sections(text: str, short: str, names: Sequence[str] = ()) -> tuple[Section, ...]:
    """A section for each chapter. Books are named in order by `names`, else by the line above their 1:1.

    A text that contains a single book has no divisions, and is cited by its title.
    """
    every = list(verses(text))
    opening = [verse for verse in every if verse.opens_book]
    if len(names) != len(opening):
        names = [_title(text, verse) or f"Book {n}" for n, verse in enumerate(opening, start=1)]
    chapters: list[tuple[Section, int]] = []
    book, before = 0, Verse(0, 0, 0)
    for verse in every:
        book += verse.opens_book
        if verse.chapter != before.chapter or verse.opens_book:
            start = _after(text, before, verse) if verse.opens_book else verse.start
            part = names[max(book - 1, 0)] if len(names) > 1 else None
            chapters.append((_chapter(verse, short, part), start))
        before = verse
    return cover(text, short, chapters)


def _chapter(verse: Verse, short: str, part: str | None) -> Section:
    """The chapter that begins with a verse, cited by its division or by the title."""
    return Section(
        id=f"{slug(part) or 'book'}.{verse.chapter}" if part else str(verse.chapter),
        part=part,
        heading=f"Chapter {verse.chapter}",
        reference=f"{part or short} {verse.chapter}",
        start=0,
        end=0,
        unit=Unit.VERSE,
        body=verse.start,
    )


def _title(text: str, verse: Verse) -> str | None:
    """The last line above a book's first verse, if it looks like a title."""
    line = text[max(0, verse.start - 200) : verse.start].rstrip().rsplit("\n", 1)[-1]
    return readable(line) if WORD.search(line) and len(line) <= _LONGEST_TITLE and not _VERSE.search(line) else None


def _after(text: str, last: Verse, first: Verse) -> int:
    """Where the title of the book that begins with `first` starts, after `last`, the last verse before: at the first
    wide gap.

    A verse may have paragraphs, so a single blank line is a border only if there is no wider gap above the title.
    """
    between = text[last.start : first.start].rstrip()
    border = max(between.find("\n\n\n"), 0) or max(between.find("\n\n"), 0)
    return last.start + border if border else first.start
