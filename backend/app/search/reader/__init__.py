"""The shelf, and its books to read, with the marks of a query."""

from app.search.reader.library import BookListRequest, book_list
from app.search.reader.sections import book_detail, section_text

__all__ = ["BookListRequest", "book_detail", "book_list", "section_text"]
