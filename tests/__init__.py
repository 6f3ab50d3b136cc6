"""All tests. A package, because some distributions install one of this name, which would be found instead."""
