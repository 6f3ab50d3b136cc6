"""Where in its book a passage lies, for the strips that show how hits spread over a book."""

from app.corpus.model import Book, Passage

BUCKETS = 60
"""Equal parts of a book in which its hits are counted. With another number, raise SCHEMA_VERSION."""


def bucket_of(passage: Passage, book: Book, ordinal: int) -> int:
    """The ordinal of the book × BUCKETS + which of its equal parts the middle of the passage lies in."""
    middle = (passage.start + passage.end) // 2
    return ordinal * BUCKETS + min(BUCKETS - 1, BUCKETS * middle // max(1, book.length))
