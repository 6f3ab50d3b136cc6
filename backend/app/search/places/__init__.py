"""Works and places that a query or a reference names, on the shelf and beyond it."""

from app.search.places.known_works import NAMES
from app.search.places.named_works import absent_work, may_name, named_books
from app.search.places.reference_lookup import place, place_in_query, resolve_place

__all__ = ["NAMES", "absent_work", "may_name", "named_books", "place", "place_in_query", "resolve_place"]
