"""The search index on disk: how it is built, what it holds, and how it is opened."""
