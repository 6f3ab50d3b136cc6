"""The answer to a search: passages that match, ranked, by book or in one list, page by page. Also suggestions while
typing."""

from app.search.results.answer import search
from app.search.results.search_request import Group, SearchRequest, Sort
from app.search.results.suggestions import suggest

__all__ = ["Group", "SearchRequest", "Sort", "search", "suggest"]
