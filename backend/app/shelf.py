"""What is said about the shelf that is served."""

REAL_BOOKS_COMMAND = "make run"
"""Gets the real 18 books, when there is a network."""
