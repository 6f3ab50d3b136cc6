"""Segments with only some of their members, for the tests of those."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.corpus.model import Book, Form
from app.index import archive, segment
from app.index.segment import ARCHIVE_FILE, Outline, Segment, open_one


def written(directory: Path, members: Mapping[str, bytes], outlines: Sequence[Outline], first_book: int = 0) -> Segment:
    """A segment that has these members."""
    directory.mkdir(parents=True, exist_ok=True)
    archive.add(directory / ARCHIVE_FILE, {**segment.members(outlines, []), **members})
    return open_one(directory, first_book)


def outline(length: int = 0, width: int = 1) -> Outline:
    """The outline of a book with a text of this length and width."""
    book = Book("book", "Book", None, None, None, None, Form.PROSE, False, "en", length, ())
    return Outline(book, 0, 0, 0, width, [])
