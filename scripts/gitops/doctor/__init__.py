"""Finds in a checkout what breaks such pipelines, before a push does."""
