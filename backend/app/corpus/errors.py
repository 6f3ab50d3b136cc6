"""What can be wrong with the texts that a person gives us."""


class CorpusError(Exception):
    """The books cannot be read. The message says what is wrong, where, and what to do about it."""
