"""From a query to hits, marks and counts, over an open index."""
