"""A client of any registry that speaks the OCI distribution API, over HTTP and without Docker."""

from gitops.registry.client import Registry, open_registry

__all__ = ["Registry", "open_registry"]
