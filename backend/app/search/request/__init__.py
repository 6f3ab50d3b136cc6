"""What requests have in common: a query as it was read, the books to search, a time limit, and a page of a list."""

from app.search.request.book_filters import Filters, book_ordinal
from app.search.request.cursor import decode_cursor, encode_cursor
from app.search.request.deadline import UNLIMITED, Deadline
from app.search.request.interpretation import begin_words, interpret

__all__ = [
    "UNLIMITED",
    "Deadline",
    "Filters",
    "begin_words",
    "book_ordinal",
    "decode_cursor",
    "encode_cursor",
    "interpret",
]
