"""From a query to hits, marks and counts, over an open index.

Each package is a room with one way in, its `__init__`, and imports only what lies below it: `query`, then `places` and
`request`, then `matching`, then `results`, `words` and `reader`.
"""
