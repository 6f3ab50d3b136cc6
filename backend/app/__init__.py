"""Gutenberg Search: full-text search over the books of NLTK's Gutenberg corpus."""
