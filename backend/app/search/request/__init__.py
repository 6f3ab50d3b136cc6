"""What every request has: a query as it was read, the books it looks at, a time limit, and a page of a list."""

from app.search.request.book_filters import Filters, book_ordinal
from app.search.request.cursor import decode_cursor, encode_cursor
from app.search.request.deadline import UNLIMITED, Deadline
from app.search.request.interpretation import begin, understood

__all__ = ["UNLIMITED", "Deadline", "Filters", "begin", "book_ordinal", "decode_cursor", "encode_cursor", "understood"]
