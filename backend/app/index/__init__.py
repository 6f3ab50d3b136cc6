"""The search index on disk: how it is built, what it holds, how it is opened."""
