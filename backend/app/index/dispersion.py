"""Where in its book a passage lies, for the strips that show how hits spread over a book."""

BUCKETS = 60
"""Equal parts of a book in which its hits are counted. With another number, raise SCHEMA_VERSION."""


def bucket_of(start: int, end: int, length: int) -> int:
    """In which of the equal parts of a book of this length the middle of a passage lies."""
    return min(BUCKETS - 1, BUCKETS * ((start + end) // 2) // max(1, length))
